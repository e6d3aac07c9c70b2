/** Fills dist/ with what the package holds: the command line, the construct with its types, and the functions it deploys. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { functionBundling } from '../lib/function-bundling.ts';
import { bundleCommandLine, runsHere } from './command-line.ts';

const { banner, mainFields, ...functionOptions } = functionBundling;

rmSync('dist', { recursive: true, force: true });
await Promise.all([
  bundleCommandLine('dist'),
  build({ ...runsHere, entryPoints: ['index.ts'], outfile: 'dist/index.js' }),
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
chmodSync('dist/nlb-auditor.js', 0o755);
execFileSync('tsc', ['-p', 'tsconfig.package.json'], { stdio: 'inherit' });
