import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

/** A test file, or the folder of scripts that plays a part of the tests: what runs one lab after the other. */
const placeOf = (file: string): string => (file.startsWith('test/') ? file : file.split('/').slice(0, 2).join('/'));

test('files that run beside each other have labs in networks of their own', () => {
  const files = globSync(['test/**/*.test.ts', 'scripts/{faults,soak}/**/*.ts'], { cwd: root }).filter(
    (file) => !file.startsWith('test/conformance/'),
  );
  const named = files.flatMap((file) =>
    [...readFileSync(root + file, 'utf8').matchAll(/'127\.(?<octet>\d+)'/g)].map(({ groups }) => ({
      network: groups?.['octet'] ?? '',
      place: placeOf(file),
    })),
  );
  expect(named.length).toBeGreaterThan(10);
  const shared = Map.groupBy(named, ({ network }) => network)
    .entries()
    .map(([network, all]) => [network, [...new Set(all.map(({ place }) => place))]])
    .filter(([, places]) => (places?.length ?? 0) > 1);
  expect([...shared]).toEqual([]);
});
