import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: 'test/bin/bundled-program.ts',
    include: ['test/conformance/**/*.test.ts'],
    // One file at a time: engines are heavy, and what is measured beside another engine is not worth much.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
