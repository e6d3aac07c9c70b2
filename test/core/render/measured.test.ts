import { expect, test } from 'vitest';
import { afterChanges, compare } from '../../../core/lifecycle/reconcile-findings.ts';
import type { Measured, Sparkline } from '../../../core/model/metrics/measured.ts';
import { messageOf } from '../../../core/notification/message.ts';
import { renderHtml } from '../../../core/render/html/page.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import { renderMarkdown } from '../../../core/render/text/markdown.ts';
import { renderText } from '../../../core/render/text/text.ts';
import { openedMessage } from '../sample-message.ts';
import { diagnosisOf, reportAt, reportOf } from '../sample-report.ts';

const measured: Measured = {
  since: '2026-11-20T11:13:00Z',
  spells: [{ from: '2026-11-20T10:40:00Z', to: '2026-11-20T10:43:00Z' }],
  notes: [
    'clients are being sent to unhealthy targets now: 300 connections in 5 minutes, because the load balancer fails open',
  ],
};
const sparkline: Sparkline = {
  from: '2026-11-20T09:00:00Z',
  minutes: 3,
  unhealthy: [null, ...Array.from({ length: 44 }, () => 0), ...Array.from({ length: 15 }, () => 2)],
  total: 2,
};
const report = () => {
  const made = reportOf([diagnosisOf({ measured })]);
  return { ...made, groups: made.groups.map((group) => ({ ...group, sparkline })) };
};
const since = 'unhealthy since 2026-11-20 11:13 UTC, as CloudWatch counts';

test('text shows the row of bars, since when, how often before, and who is sent there', () => {
  const text = renderText(report(), { color: false, width: 200, verbose: false });
  expect(text).toContain(`${'▁'.repeat(44)}${'█'.repeat(15)}`);
  expect(text).toContain(since);
  expect(text).toContain('unhealthy once before that: 10:40 to 10:43 UTC');
  expect(text).toContain('clients are being sent to unhealthy targets now');
});

test('the page draws a bar for each value, without a style or a script in the drawing', () => {
  const html = renderHtml(report());
  const [drawing = ''] = /<svg class="spark".*?<\/svg>/.exec(html) ?? [];
  expect(drawing.match(/class="ill"/g)).toHaveLength(15);
  expect(drawing.match(/class="well"/g)).toHaveLength(44);
  expect(drawing).toContain(
    'aria-label="unhealthy targets in the 3 hours from 2026-11-20 09:00 UTC on: at most 2 at a time, 2 are registered"',
  );
  expect(drawing).not.toMatch(/style=|<script|on\w+=/);
  expect(html).toContain(since);
});

test('Markdown and Slack say it too', () => {
  expect(renderMarkdown(report())).toContain('unhealthy since 2026-11-20 11:13 UTC');
  expect(JSON.stringify(renderSlack(openedMessage(diagnosisOf({ measured }))))).toContain(since);
});

const over = diagnosisOf({
  verdict: 'latent',
  cause: 'failed-between-runs',
  title: 'Targets were unhealthy between two runs and have recovered',
  fix: [],
  measured: { spells: [{ from: '2026-11-20T11:40:00Z', to: '2026-11-20T11:44:00Z' }], notes: [] },
  recovered: { from: '2026-11-20T11:40:00Z', to: '2026-11-20T11:44:00Z' },
});

test('what failed between two runs is notified once as what was, and resolves when it is half an hour old', () => {
  const [opened, ...others] = compare([], reportOf([over]), '2026-11-20T12:00:09Z');
  if (opened === undefined) throw new Error('nothing opened');
  expect(others).toEqual([]);
  expect(opened.transition).toBe('opened');
  const { text } = renderSlack(messageOf(opened));
  expect(text).toBe(
    'Was unhealthy: shop/web in cluster prod: Targets were unhealthy between two runs and have recovered',
  );
  const remembered = afterChanges([], [opened]);
  expect(
    compare(remembered, { ...reportOf([over]), run: { ...reportOf([]).run, id: 'next' } }, '2026-11-20T12:05:09Z'),
  ).toMatchObject([]);
  const [resolved] = compare(remembered, reportAt('2026-11-20T12:20:09Z', []), '2026-11-20T12:20:09Z');
  expect(resolved?.transition).toBe('resolved');
});

test('without metrics a risk on a healthy group notifies no one', () => {
  const { measured: _, recovered: __, ...risk } = over;
  expect(compare([], reportOf([risk]), '2026-11-20T12:00:09Z')).toEqual([]);
});
