import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What `parseArgs` makes of the arguments. `--help` prints the usage; what it does not understand ends the script with the usage and exit code 2. */
export function readArguments<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(usage, String(error instanceof Error ? error.message.split('. ')[0] : error));
  }
}

/** Ends the script because of what it was given. */
export function refuse(usage: string, why: string): never {
  console.error(`${why}\n\n${usage}`);
  process.exit(2);
}
