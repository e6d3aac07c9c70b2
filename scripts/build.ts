/** Fills dist/ with what the package holds: the command line, the construct with its types, and the functions it deploys. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { functionBundling } from '../lib/function-bundling.ts';

const runsHere = { bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' } as const;
const commandLine = 'dist/nlb-auditor.js';
const { banner, mainFields, ...functionOptions } = functionBundling;

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...runsHere,
    // In pieces, so that a command loads only what it needs; the lab starts a program of its own.
    entryPoints: ['bin/nlb-auditor.ts', 'lab/wire/targets/silent-process.ts', 'lab/wire/targets/lossy-process.ts'],
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    outdir: 'dist',
    target: 'node22',
  }),
  build({ ...runsHere, entryPoints: ['index.ts'], outfile: 'dist/index.js', target: 'node22' }),
  ...['auditor', 'notifier', 'interactions', 'reconciler'].map((entry) =>
    build({
      ...functionOptions,
      entryPoints: [`lambda/${entry}.ts`],
      outfile: `dist/lambda/${entry}/index.mjs`,
      bundle: true,
      platform: 'node',
      mainFields: [...mainFields],
      banner: { js: banner },
      logLevel: 'warning',
    }),
  ),
]);
chmodSync(commandLine, 0o755);
execFileSync('tsc', ['-p', 'tsconfig.package.json'], { stdio: 'inherit' });
