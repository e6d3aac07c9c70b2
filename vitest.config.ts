import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';

/** Tests that put modules of their own in the place of others: each has a process and modules to itself. */
const isolated = ['test/io/kubernetes/hostile-objects.test.ts'];

export default defineConfig({
  test: {
    // A process that a test starts on a busy machine takes its time; a test that hangs is still ended.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    unstubEnvs: true,
    // More than there are cores: while one waits for a target that is silent, another one works.
    maxWorkers: availableParallelism() + 3,
    sequence: { sequencer: LongestFirst },
    env: {
      // Workers, and the programs that tests start again and again, find the modules of packages compiled.
      NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compile', import.meta.url)),
      // What the CDK itself finds wrong with a template is asked once, of all examples.
      CDK_VALIDATION: 'false',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          globalSetup: 'test/bin/bundled-program.ts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/conformance/**', ...isolated],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'isolated', include: isolated } },
    ],
  },
});
