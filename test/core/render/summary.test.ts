import { expect, test } from 'vitest';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { messageFor } from '../../../core/notification/routing.ts';
import { withUnsent } from '../../../core/notification/summary.ts';
import { renderSlack } from '../../../core/render/message/slack.ts';
import { renderSns } from '../../../core/render/message/sns.ts';
import { summaryWords } from '../../../core/render/message/summary-words.ts';
import { defaultRules } from '../../io/store/audit-once.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../sample-report.ts';

/** One cause in each of so many clusters is one incident each, with two Services. */
const incidents = (clusters: number, causes: number) =>
  Array.from({ length: clusters * causes * 2 }, (_, index) => {
    const [cluster, cause, service] = [
      `c-${index % clusters}`,
      `cause-${Math.floor(index / clusters) % causes}`,
      index,
    ];
    return diagnosisOf({
      cluster,
      cause,
      service: `web-${service}`,
      title: `What ${cause} does`,
      fingerprint: `${account}/${region}/${cluster}/shop/web-${service}/${cause}`,
      targetGroupArn: groupArn(`web-${service}`),
    });
  });

function summaryOf(clusters: number, causes: number) {
  const report = reportAt('2026-11-20T12:00:00Z', incidents(clusters, causes));
  const message = reconcileState(emptyMemory(), report, defaultRules).announcements.board?.message;
  if (message?.summary === undefined) throw new Error('no summary');
  return { message, summary: message.summary };
}

test('600 incidents of 15 causes in 40 clusters are one line for each cause, with counts, and nothing is cut', () => {
  const { message, summary } = summaryOf(40, 15);
  const { headline, lines } = summaryWords(summary);
  expect(headline).toBe('First audit: 15 causes in 600 incidents of unhealthy targets');
  expect(lines).toHaveLength(15);
  const text =
    'high: What cause-0 does\n40 incidents, 80 Services in 40 clusters (c-0, c-1, c-10, c-11, c-12 and 35 more) · cause-0 · since 2026-11-20 12:00 UTC';
  expect(lines[0]).toEqual({ severity: 'high', text });
  const blocks = JSON.stringify(renderSlack(message).blocks);
  for (const { cause } of summary.causes ?? []) expect(blocks).toContain(`· ${cause} ·`);
  expect(blocks).not.toContain('cut for length');
  expect(blocks.split('🟠 high: ')).toHaveLength(16);
  expect(blocks).toContain('111122223333/eu-west-1 · Each is followed');
  expect(renderSns(message, { vpcId: 'all' }).bodies.default).toContain('\n111122223333/eu-west-1\nAt ');
});

test('a cause in one cluster is told with its Services', () => {
  const { headline, lines } = summaryWords(summaryOf(1, 6).summary);
  expect(headline).toBe('First audit: 6 causes of unhealthy targets');
  expect(lines).toHaveLength(6);
  expect(lines[0]?.text).toContain('shop/web-0, shop/web-6 in cluster c-0');
});

test('a channel whose route is about one cluster is told of that one, and how many more there may be', () => {
  const { message } = summaryOf(40, 15);
  const told = messageFor('team', message, [{ match: { clusters: ['c-1'] }, to: ['team'] }])?.summary;
  if (told === undefined) throw new Error('nothing is told');
  expect(told.lines.every(({ cluster }) => cluster === 'c-1')).toBe(true);
  expect(summaryWords(told).lines.at(-1)).toEqual({ severity: null, text: 'and 560 more' });
});

test('a summary that nobody has yet is counted with the next one', () => {
  const [{ summary: unsent }, { summary: next }] = [summaryOf(40, 1), summaryOf(40, 2)];
  const { lines, headline } = summaryWords(withUnsent({ ...next, kind: 'many' }, unsent));
  expect(lines).toHaveLength(2);
  expect(lines[0]?.text).toContain('80 incidents');
  expect(headline).toContain('2 causes');
});

test('a digest counts incidents by cause, and those of a route that leaves out causes alone', () => {
  const { summary } = summaryOf(40, 15);
  const { causes, ...routed } = {
    ...summary,
    kind: 'digest' as const,
    open: 600,
    openBefore: 590,
    opened: 12,
    resolved: 2,
  };
  const counts = 'open (before: 590), 12 opened, 2 resolved';
  expect(summaryWords({ ...routed, ...(causes && { causes }) }).headline).toBe(
    `Digest: 15 causes in 600 incidents ${counts}`,
  );
  expect(summaryWords(routed).headline).toBe(`Digest: 600 incidents ${counts}`);
});
