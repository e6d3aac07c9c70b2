import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { functionBundling } from '../../lib/function-bundling.ts';

/** The functions that the construct deploys: files of `lambda/`. */
export const functionEntries = ['auditor', 'notifier', 'interactions', 'reconciler', 'trigger'] as const;

/** With every package inside, so that whoever installs this one installs no other. */
const shared = {
  absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
  bundle: true,
  platform: 'node',
  target: 'node22',
  mainFields: [...functionBundling.mainFields],
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

/** dynalite requires its actions by names without `.js`, which are no files of a bundle. */
const requiresWithEndings: Plugin = {
  name: 'requires with endings',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules\/dynalite\/index\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(/(require\('\.\/\w+\/' \+ action)\)/g, "$1 + '.js')"),
    }));
  },
};

/**
 * Bundles the command line and the functions into `program/` of a folder, in pieces that they share: each of them alone
 * would hold the AWS SDK and the catalogue again. `functions.json` beside the pieces names those of each function.
 */
export async function buildProgram(dist: string): Promise<Metafile> {
  const outdir = join(dist, 'program');
  const { metafile } = await build({
    ...shared,
    entryPoints: [
      'bin/main.ts',
      // The lab starts programs of their own.
      'lab/wire/targets/silent-process.ts',
      'lab/wire/targets/lossy-process.ts',
      ...functionEntries.map((entry) => `lambda/${entry}.ts`),
    ],
    entryNames: '[name]',
    chunkNames: '[hash]',
    splitting: true,
    minify: true,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    banner: { js: functionBundling.banner },
    // The lab's DynamoDB keeps its tables in memory; what would keep them on disk is a native module.
    alias: { level: 'memory-level' },
    plugins: [requiresWithEndings],
    outdir,
  });
  const pieces = functionEntries.map((entry) => [entry, piecesOf(metafile, `${entry}.mjs`)]);
  writeFileSync(join(outdir, 'functions.json'), JSON.stringify(Object.fromEntries(pieces)));
  return metafile;
}

/** Bundles the construct as CommonJS, which modules of both kinds can load; the CDK is that of the application. */
export async function buildConstruct(dist: string): Promise<Metafile> {
  const { metafile } = await build({
    ...shared,
    entryPoints: ['index.ts'],
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname' },
    external: ['aws-cdk-lib', 'constructs'],
    outfile: join(dist, 'construct', 'construct.js'),
  });
  return metafile;
}

/** The names of a file and of all that it imports, at once or later. */
function piecesOf({ outputs }: Metafile, entry: string): string[] {
  const byName = new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));
  const found = new Set([entry]);
  for (const name of found) {
    for (const { path, external } of byName.get(name)?.imports ?? []) if (!external) found.add(basename(path));
  }
  return [...found].toSorted();
}
