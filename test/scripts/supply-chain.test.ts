import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundle, bundleLimits } from '../../scripts/bundle.ts';
import { deliveredPackages } from '../../scripts/release/delivered-packages.ts';

const build = (name: string) => bundle({ entryPoints: [`lambda/${name}.ts`] });
const built = new Map<string, ReturnType<typeof build>>();

/** The first build of a function. */
function firstBuild(name: string): ReturnType<typeof build> {
  const first = built.get(name) ?? build(name);
  built.set(name, first);
  return first;
}

test.each(Object.keys(bundleLimits))('a bundle is the same bytes in every build: %s', async (name) => {
  const [first, second] = [await firstBuild(name), await build(name)];
  expect(Buffer.compare(first, second)).toBe(0);
  const text = Buffer.from(first).toString();
  expect(text).not.toContain(process.cwd());
});

test('a bundle is the same bytes in another folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const rooms = ['bin', 'config', 'core', 'io', 'lambda', 'lib', 'scripts', 'package.json', 'tsconfig.json'];
  for (const name of rooms) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const program = `
    const { bundle } = await import('./scripts/bundle.ts');
    process.stdout.write(await bundle({ entryPoints: ['lambda/auditor.ts'] }));`;
  const elsewhere = execFileSync(process.execPath, ['--preserve-symlinks', '--input-type=module', '-e', program], {
    cwd: folder,
    maxBuffer: 2 ** 26,
  });
  expect(Buffer.compare(elsewhere, await firstBuild('auditor'))).toBe(0);
});

interface Locked {
  packages: Record<string, { license?: string }>;
}

/** Licences that ask for nothing but their own text (SPDX identifiers). */
const permissive =
  /^\(?(?:MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)(?: (?:OR|AND) [\w.-]+)*\)?$/;

test('every package that is delivered is in the lock file and has a permissive licence', async () => {
  const { packages }: Locked = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const delivered = await deliveredPackages();
  expect(delivered.length).toBeGreaterThan(20);
  expect(delivered.filter((path) => packages[path] === undefined)).toEqual([]);
  const others = delivered.filter((path) => !permissive.test(packages[path]?.license ?? ''));
  expect(others.map((path) => `${path}: ${packages[path]?.license}`)).toEqual([]);
});
