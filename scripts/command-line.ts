import { type BuildResult, build } from 'esbuild';

/** Bundles the command line into a folder as `nlb-auditor.js`, with the programs of their own that its lab starts; packages stay outside. */
export const bundleCommandLine = (outdir: string): Promise<BuildResult> =>
  build({
    ...runsHere,
    // In pieces, so that a command loads only what it needs; the lab starts a program of its own.
    entryPoints: ['bin/nlb-auditor.ts', 'lab/wire/targets/silent-process.ts', 'lab/wire/targets/lossy-process.ts'],
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    outdir,
  });

/** How esbuild bundles what runs where the package is installed. */
export const runsHere = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
  target: 'node22',
} as const;
