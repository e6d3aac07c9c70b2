import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);

test('every file and folder that docs/architecture.md names is there', () => {
  const page = readFileSync(new URL('docs/architecture.md', root), 'utf8');
  const named = [...page.matchAll(/`((?:bin|config|core|docs|io|lab|lambda|lib|scripts|test)\/[\w./-]*)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});
