import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { renderCheckPage } from '../../../core/render/pages/check-page.ts';
import { wrapPage } from '../../../core/render/text/wrap-page.ts';

const pages = catalogue.map((check): [string, string] => [check.id, renderCheckPage(check, catalogue)]);
const words = (page: string): string[] => page.split(/\s+/);

describe.each([40, 80, 120])('a page in %i columns', (width) => {
  test.each(pages)('%s says the same in lines that fit', (_, page) => {
    const wrapped = wrapPage(page, width);
    expect(words(wrapped)).toEqual(words(page));
    const [texts, blocks] = [wrapped.replaceAll(/^```[\s\S]*?^```$/gm, ''), [...page.matchAll(/^```[\s\S]*?^```$/gm)]];
    for (const [block] of blocks) expect(wrapped).toContain(block);
    // What is left over is a heading, or one word or piece of code that no line can hold.
    const long = texts.split('\n').filter((line) => line.length > width && !line.startsWith('#'));
    for (const line of long) expect(line.replaceAll(/`[^`]+`/g, 'code')).toMatch(/^(- | {2})?\S+$/);
  });
});

test('a list keeps its items apart from what they say in a second line', () => {
  expect(wrapPage('- one two three four\n- five', 12)).toBe('- one two\n  three four\n- five');
});
