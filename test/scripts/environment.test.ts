import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

test('a file that sets variables of the environment takes them back itself: after its last test nobody else does, and files share a worker', () => {
  const files = globSync('test/**/*.ts', { cwd: root, exclude: ['test/conformance/**'] });
  const setting = files.filter((file) => /\bvi\.stubEnv\(/.test(readFileSync(root + file, 'utf8')));
  expect(setting.length).toBeGreaterThan(10);
  expect(setting.filter((file) => !/\bvi\.unstubAllEnvs\(/.test(readFileSync(root + file, 'utf8')))).toEqual([]);
});
