import { describe, expect, test } from 'vitest';
import type { Report } from '../../../core/model/report.ts';
import { markup, write } from '../../../core/render/html/markup.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { rowsOfPage } from '../../../core/render/html/rows.ts';
import { crashReport } from './crash-report.ts';

/** The report with its one target group so many times. */
function copies(report: Report, count: number): Report {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const rename = <Value>(value: Value, index: number): Value =>
    JSON.parse(JSON.stringify(value).replaceAll('targetgroup/', `targetgroup/${index}-`));
  return {
    ...report,
    groups: numbers.flatMap((index) => rename(report.groups, index)),
    diagnoses: numbers.flatMap((index) => rename(report.diagnoses, index)),
  };
}

const dataOf = (page: string): string =>
  /<script type="application\/json" id="rows">(.*?)<\/script>/s.exec(page)?.[1] ?? '';

describe('rows that a page keeps as data', () => {
  test('are only there where the page is long', () => {
    expect(dataOf(renderHtml(copies(crashReport(), 60)))).toBe('');
    expect(dataOf(renderHtml(copies(crashReport(), 101)))).not.toBe('');
  });

  test('weigh a text, a template and a piece once, however often they stand there', () => {
    const weightOf = (count: number): number => renderHtml(copies(crashReport(), count)).length;
    expect((weightOf(400) - weightOf(200)) / 200).toBeLessThan(600);
    expect(renderHtml(copies(crashReport(), 60)).length / 60).toBeGreaterThan(3000);
  });

  test('hold no text that ends the element they stand in, and escape what they hold as the page does', () => {
    const data = dataOf(renderHtml(copies(crashReport('</script><script>alert(1)</script><!--'), 101)));
    expect(data).not.toContain('<');
    expect(JSON.parse(data).texts.join('\n')).toContain('&#60;/script&#62;&#60;script&#62;alert(1)');
  });

  test('are put together again as they were', () => {
    const rows = rowsOfPage();
    const list = ['a', '<b>', 'a'].map((name) => ({
      words: markup`${name}`,
      html: markup`<li class="${name}">${[name, 3, null, markup`<i>${name}</i>`]}</li>`,
    }));
    rows.keep(list);
    const { templates, texts, pieces, lists } = JSON.parse(dataOf(write(rows.write())));
    const read = (ref: number | number[]): string => {
      if (Array.isArray(ref)) return ref.map(read).join('');
      if (ref >= 0) return texts[ref];
      const [template, ...parts] = pieces[-1 - ref];
      return templates[template].reduce(
        (page: string, text: string, index: number) => page + read(parts[index - 1]) + text,
      );
    };
    const drawn = lists[0].filter((_: number, index: number) => index % 4 === 1).map(read);
    expect(drawn).toEqual(list.map(({ html }) => write(html)));
    expect(drawn[1]).toBe('<li class="&#60;b&#62;">&#60;b&#62;3<i>&#60;b&#62;</i></li>');
  });
});
