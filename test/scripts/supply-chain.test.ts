import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bundle, bundleLimits } from '../../scripts/bundle.ts';

test.each(Object.keys(bundleLimits))('a bundle is the same bytes in every build: %s', async (name) => {
  const build = () => bundle({ entryPoints: [`lambda/${name}.ts`] });
  const [first, second] = [await build(), await build()];
  expect(Buffer.compare(first, second)).toBe(0);
  const text = Buffer.from(first).toString();
  expect(text).not.toContain(process.cwd());
});

interface Locked {
  packages: Record<string, { license?: string; dev?: boolean; link?: boolean }>;
}

/** Licences that ask for nothing but their own text (SPDX identifiers). */
const permissive =
  /^\(?(?:MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)(?: (?:OR|AND) [\w.-]+)*\)?$/;

test('every package that is delivered has a permissive licence', () => {
  const { packages }: Locked = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const delivered = Object.entries(packages).filter(([path, { dev, link }]) => path !== '' && !dev && !link);
  expect(delivered.length).toBeGreaterThan(20);
  const others = delivered.filter(([, { license = '' }]) => !permissive.test(license));
  expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});
