import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { lambdaPrices } from '../core/model/run-cost.ts';
import { explainIssue } from './explain-issue.ts';
import type { NlbAuditorOptions } from './options.ts';
import { configSchema, fitsFunction } from './schema.ts';
import { UserError } from './user-error.ts';

export { secretsOf } from './channel.ts';

/** What is to be deployed and where, with every default filled in. */
export type Config = z.output<typeof configSchema>;

/** One VPC that gets an auditor of its own. */
export type VpcConfig = Config['vpcs'][number];

const { $schema: _schema, account: _account, vpcs: _vpcs, ...optionsShape } = configSchema.shape;
const optionsSchema = z.strictObject(optionsShape).check(fitsFunction);

/** Checks options and fills in the defaults; throws a UserError like `parseConfig`. */
export function parseOptions(given: NlbAuditorOptions, source: string): z.output<typeof optionsSchema> {
  return parsed(optionsSchema.safeParse(given), given, source);
}

/** Reads and checks a configuration file; throws a UserError that names every wrong field, its value and the remedy. */
export function loadConfig(path: string): Config {
  return parseConfig(parseJson(readText(path), path), path);
}

/** Checks a configuration that is already an object; `source` is what messages call it. */
export function parseConfig(given: unknown, source: string): Config {
  return parsed(configSchema.safeParse(given), given, source);
}

/** The JSON Schema of a configuration file, for editors: the text of `docs/config.schema.json`. */
export function configJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(configSchema, { io: 'input' }), null, 2)}\n`;
}

/** Milliseconds that a function with so many megabytes may run a day for so many US dollars a month. */
export const dailyMilliseconds = (usdPerMonth: number, memoryMb: number): number =>
  Math.round(((usdPerMonth / 30 / lambdaPrices.gbSecond) * 1000) / (memoryMb / 1024));

function parsed<T>(result: z.ZodSafeParseResult<T>, given: unknown, source: string): T {
  if (result.success) return result.data;
  throw new UserError(result.error.issues.map((issue) => `${source}: ${explainIssue(issue, given)}`).join('\n'));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UserError(
      `${path} cannot be read (${message(cause)}); copy examples/one-vpc.json there, or name another file: \`-c config=FILE\` of cdk, \`--config FILE\` of nlb-auditor.`,
      { cause },
    );
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${path} is not JSON (${message(cause)}); correct its syntax.`, { cause });
  }
}

const message = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
