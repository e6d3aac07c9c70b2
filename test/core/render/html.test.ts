import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import type { Report } from '../../../core/model/report.ts';
import { brokenLink } from '../../../core/render/html/finding/broken-link.ts';
import { write } from '../../../core/render/html/markup.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { script, scriptHash } from '../../../core/render/html/script.ts';
import { formatDuration } from '../../../core/render/html/time.ts';
import { crashReport, expectedReport, gap, unreadReport } from './crash-report.ts';

const headings = (report: Report): string[] =>
  [...renderHtml(report).matchAll(/<h[12][^>]*>(.*?)<\/h[12]>/g)].map(([, text = '']) => text);

describe('the report as a page', () => {
  test('begins with the verdict, and has the cause before everything else', () => {
    expect(headings(crashReport())).toEqual([
      '1 cause on 1 Service',
      'Cause',
      'All target groups',
      'Signs',
      'This run',
    ]);
    expect(headings(expectedReport())[0]).toBe('Nothing wrong');
    expect(headings(expectedReport())).toContain('Expected, no alarm');
    const alone = headings(expectedReport({ crossZone: false }));
    expect(alone[0]).toBe('Nothing wrong, but 1 Service has a zone without a healthy target');
    expect(alone).toContain('Expected, but a zone has no healthy target');
  });

  test('is not green where something was not read, and says what to grant', () => {
    const page = renderHtml(unreadReport());
    expect(page).toContain('<header class="unsure">');
    expect(page).toContain('Not known whether 1 Service is served; not everything could be read');
    expect(page).toContain('Apply docs/rbac.yaml');
    expect(renderHtml(crashReport('gone', [gap]))).toContain('<header class="bad">');
    expect(renderHtml(expectedReport())).toContain('<header class="good">');
  });

  test('marks the pods of a crash loop as the broken link, and no link of an expected state', () => {
    expect(renderHtml(crashReport()).match(/class="link [a-z-]+ broken"/g)).toEqual(['class="link pods broken"']);
    expect(renderHtml(expectedReport())).not.toMatch(/class="link [a-z-]+ broken"/);
  });

  test('says how to fix it before what was seen', () => {
    const page = renderHtml(crashReport());
    expect(page.indexOf('What was seen')).toBeGreaterThan(page.indexOf('How to fix it'));
  });

  test.each([
    ['ip', ['load-balancer', 'listener', 'target-group', 'nodes', 'pods', 'service']],
    ['instance', ['load-balancer', 'listener', 'target-group', 'nodes', 'service', 'pods']],
  ])('draws the chain of %s targets as packets go, which ends at the pods', (targetType, links) => {
    const report = crashReport();
    const groups = report.groups.map(({ chain, ...group }) => {
      if (chain === undefined) throw new Error('no chain');
      return { ...group, chain: { ...chain, targetGroup: { ...chain.targetGroup, targetType } } };
    });
    const [path = '', beside = ''] = [
      ...renderHtml({ ...report, groups }).matchAll(/<([ou]l) class="chain.*?<\/\1>/gs),
    ].map(([html]) => html);
    const drawn = [path, beside].flatMap((html) =>
      [...html.matchAll(/class="link ([a-z-]+)/g)].map(([, link]) => link),
    );
    expect(drawn).toEqual(links);
    expect(path).toMatch(/Pods[^/]*<\/span>(?:(?!<li).)*<\/ol>$/s);
  });

  test('explains every sign that it uses', () => {
    const page = renderHtml(crashReport());
    const [signs = ''] = /<section class="signs".*?<\/section>/s.exec(page) ?? [];
    for (const words of ['broken', 'not read', 'at risk', 'as expected', 'healthy', 'fine', 'not known', 'probable'])
      expect(signs).toContain(words);
  });

  test('is the same for the same report', () => {
    expect(renderHtml(crashReport())).toBe(renderHtml(crashReport()));
  });

  test('shows markup in a log as text, and the turn of writing as a sign', () => {
    const page = renderHtml(crashReport('</style><script>alert(1)</script> \u202Egnp'));
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62; \uFFFDgnp');
    expect(page.match(/<script>/g)).toHaveLength(1);
  });

  test('lets its own script run by its hash', () => {
    expect(scriptHash).toBe(`sha256-${createHash('sha256').update(write(script)).digest('base64')}`);
    expect(renderHtml(crashReport())).toContain(`script-src '${scriptHash}'`);
  });

  test('says what changed since the target group was healthy', () => {
    const report = crashReport();
    const [diagnosis] = report.diagnoses;
    if (diagnosis === undefined) throw new Error('no diagnosis');
    const changed = { what: 'image of app', before: 'web:1', now: 'web:2' };
    const page = renderHtml({ ...report, diagnoses: [{ ...diagnosis, changedSinceHealthy: [changed] }] });
    expect(page).toContain('<li><b>image of app</b><del>web:1</del><ins>web:2</ins></li>');
    expect(renderHtml(report)).not.toContain('Changed since');
  });

  test('draws the history of a finding up to the end of the run', () => {
    const report = crashReport();
    const at = (minute: number): string => `2026-11-20T11:${minute}:02Z`;
    const history = Object.fromEntries(
      report.diagnoses.map(({ fingerprint }) => [
        fingerprint,
        [
          { at: at(20), transition: 'opened' as const },
          { at: at(30), transition: 'resolved' as const },
          { at: at(40), transition: 'opened' as const },
        ],
      ]),
    );
    const page = renderHtml({ ...report, history });
    const bars = [...page.matchAll(/<i class="(ill|well)" style="width:([\d.]+)%">/g)].map(([, ...bar]) => bar);
    expect(bars).toEqual([
      ['ill', '25.00'],
      ['well', '25.00'],
      ['ill', '50.00'],
    ]);
    expect(page).toContain('for 20 min<');
  });

  test('places every cause of the catalogue in a link of the chain', () => {
    const places = catalogue.map((check) => brokenLink(check));
    expect(places).not.toContain(undefined);
    expect(new Set(places).size).toBe(7);
  });

  test.each([
    [1234, '1.2 s'],
    [59_960, '1 min'],
    [3_599_700, '1 h'],
    [90_000_000, '1 d 1 h'],
  ])('says %d milliseconds as %s', (milliseconds, words) => {
    expect(formatDuration(milliseconds)).toBe(words);
  });
});
