import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const page = readFileSync(`${root}docs/security.md`, 'utf8');
const [, threats = ''] = page.split('## Threats\n');
const rows = threats
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split(' | '));

test('the page lists the threats', () => {
  expect(rows.length).toBeGreaterThanOrEqual(12);
});

test.each(rows.map(([threat = '', , shown = '']) => ({ threat: threat.slice(2), shown })))(
  'an answer to "$threat" names tests that are there',
  ({ shown }) => {
    const named = [...shown.matchAll(/\[[\w-]+\]\(\.\.\/(test\/[\w/-]+\.test\.ts)\)(?:: “([^”]+)”)?/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, path = '', title = ''] of named) {
      expect(existsSync(root + path), path).toBe(true);
      expect(readFileSync(root + path, 'utf8'), path).toContain(title);
    }
  },
);
