import { expect, test } from 'vitest';
import type { Changes } from '../../../core/model/changes/changes.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { renderJson } from '../../../core/render/machine/json.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import { renderMarkdown } from '../../../core/render/text/markdown.ts';
import { renderText } from '../../../core/render/text/text.ts';
import { openedMessage } from '../sample-message.ts';
import { diagnosisOf, reportOf } from '../sample-report.ts';

const removal = {
  at: '2026-11-20T11:11:09Z',
  minutes: -2,
  actor: 'alice@example.com',
  tool: 'console',
  action: 'RevokeSecurityGroupIngress',
  object: 'sg-0aaaaaaaaaaaaaa01',
  detail: 'removed tcp 30080 from sg-0bbbbbbbbbbbbbb02',
  fits: true as const,
};
const changes: Changes = {
  start: '2026-11-20T11:13:00Z',
  entries: [
    removal,
    {
      at: '2026-11-20T11:13:20Z',
      minutes: 0,
      actor: null,
      tool: 'Kubernetes',
      action: 'admitted the node',
      object: 'n1',
    },
  ],
  notes: ['CloudTrail has earlier changes than were read'],
};
const line =
  '2026-11-20 11:11 UTC, 2 minutes before the start: alice@example.com (console) RevokeSecurityGroupIngress sg-0aaaaaaaaaaaaaa01: removed tcp 30080 from sg-0bbbbbbbbbbbbbb02. This fits the cause';
const report = () => reportOf([diagnosisOf({ changes })]);

test('text, page, Markdown and Slack show who changed what, when, and that it fits', () => {
  const text = renderText(report(), { color: false, width: 400, verbose: false });
  expect(text).toContain(line);
  expect(text).toContain('2026-11-20 11:13 UTC, at the start: Kubernetes admitted the node n1');
  expect(renderHtml(report())).toContain(`<b>${line}</b>`);
  expect(renderMarkdown(report())).toContain('This fits the cause');
  expect(JSON.stringify(renderSlack(openedMessage(diagnosisOf({ changes }))))).toContain('2 minutes before the start');
});

test('a long timeline is cut in text, and what fits is never cut away', () => {
  const others = Array.from({ length: 30 }, (_, index) => ({
    ...removal,
    at: `2026-11-20T12:${String(index).padStart(2, '0')}:00Z`,
    minutes: index,
    fits: undefined,
  })).map(({ fits: _, ...rest }) => rest);
  const long = reportOf([diagnosisOf({ changes: { entries: [removal, ...others], notes: [] } })]);
  const text = renderText(long, { color: false, width: 400, verbose: false });
  expect(text).toContain(line);
  expect(text).toContain('and 23 more');
});

test('what a person wrote is text in every medium', () => {
  const hostile = { ...removal, actor: '<script>alert(1)</script>' };
  const html = renderHtml(reportOf([diagnosisOf({ changes: { entries: [hostile], notes: [] } })]));
  expect(html).not.toContain('<script>alert(1)');
});

test('where nothing was found it says so, and JSON has the fields', () => {
  const none = reportOf([diagnosisOf({ changes: { entries: [], notes: [] } })]);
  expect(renderText(none, { color: false, width: 200, verbose: false })).toContain('no change found around the start');
  expect(JSON.parse(renderJson(report())).diagnoses[0].changes).toEqual(changes);
});
