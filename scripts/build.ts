/** Bundles the command line into dist/nlb-auditor.js, so that the package runs without TypeScript. */
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';

const outfile = 'dist/nlb-auditor.js';
await build({
  entryPoints: ['bin/nlb-auditor.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  external: ['../lab/*'],
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
