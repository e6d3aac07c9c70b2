/** Fills dist/ with what the package holds: the command line, the construct with its types, and the functions it deploys. */
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';
import { functionBundling } from '../lib/function-bundling.ts';

const runsHere = { bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'warning' } as const;
const commandLine = 'dist/nlb-auditor.js';
const { banner, mainFields, ...functionOptions } = functionBundling;

await Promise.all([
  build({
    ...runsHere,
    entryPoints: ['bin/nlb-auditor.ts'],
    outfile: commandLine,
    target: 'node22',
    external: ['../lab/*'],
  }),
  build({ ...runsHere, entryPoints: ['index.ts'], outfile: 'dist/index.js', target: 'node22' }),
  ...['auditor', 'notifier', 'reconciler'].map((entry) =>
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
