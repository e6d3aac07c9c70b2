import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const workflow = readFileSync(new URL('.github/workflows/ci.yml', root), 'utf8');
const [, listed = ''] = /engine:\s*\[([^\]]*)\]/.exec(workflow) ?? [];
const parts = listed.split(',').flatMap((part) => part.trim() || []);

const files = readdirSync(new URL('test/conformance/', root), { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.test.ts') && !path.includes('node_modules'),
);

test('every test against other engines is part of a job of the workflow', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((path) => !parts.some((part) => path.includes(part)))).toEqual([]);
});

test('every part of that job has tests, or is a program that needs the registry', () => {
  const empty = parts.filter((part) => !files.some((path) => path.includes(part)));
  expect(empty).toEqual(['fresh-machine', 'fresh-applications']);
});

test('a job runs all tests in parts, and leaves no part out', () => {
  const [, numbers = ''] = /shard: \[(.*)\]/.exec(workflow) ?? [];
  const [, parts] = /- run: npm test -- --shard=\$\{\{ matrix\.shard \}\}\/(\d)\n/.exec(workflow) ?? [];
  expect(numbers.split(', ')).toEqual(Array.from({ length: Number(parts) }, (_, index) => String(index + 1)));
});

test('the folders that run on other systems too have tests', () => {
  const [, folders = ''] = /vitest\.mjs run ((?:test\/\w+ ?)+)\n/.exec(workflow) ?? [];
  expect(folders).not.toBe('');
  for (const folder of folders.split(' ')) {
    const inside = readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });
    expect(inside.some((path) => path.endsWith('.test.ts'))).toBe(true);
  }
});

test('what is delivered is audited, and listed for every release', () => {
  expect(workflow).toContain('npm run vulnerabilities');
  const release = readFileSync(new URL('.github/workflows/release.yml', root), 'utf8');
  expect(release).toMatch(/npm run --silent sbom > "(\$RUNNER_TEMP\/sbom\.cdx\.json)"[\s\S]*gh release create .*"\1"/);
});
