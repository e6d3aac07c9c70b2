import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { pages, root } from './pages.ts';

const isElsewhere = (link: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(link);
const byPath = new Map(pages.map((page) => [page.path, page]));

test.each(pages)('every link of $path leads somewhere', ({ path, links }) => {
  const dead = links.filter((link) => !isElsewhere(link) && !leads(path, link));
  expect(dead).toEqual([]);
});

test('every address elsewhere is an https address', () => {
  const elsewhere = pages.flatMap(({ links }) => links.filter(isElsewhere));
  expect(elsewhere.length).toBeGreaterThan(100);
  expect(elsewhere.filter((link) => !URL.canParse(link) || !link.startsWith('https://'))).toEqual([]);
});

function leads(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), decodeURIComponent(file)));
  if (path.startsWith('..') || !existsSync(root + path)) return false;
  if (anchor === undefined) return true;
  return statSync(root + path).isFile() && (byPath.get(path)?.anchors.has(anchor) ?? false);
}
