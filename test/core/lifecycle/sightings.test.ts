import { expect, test } from 'vitest';
import { sightedIn, sightingsOf, withSightings } from '../../../core/lifecycle/sightings.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { emptyMemory } from '../../../core/notification/memory.ts';
import { reconcileState } from '../../../core/notification/reconcile-state.ts';
import { defaultRules } from '../../io/store/audit-once.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const [noon, later, evening] = ['2026-11-20T12:00:00Z', '2026-11-20T12:05:00Z', '2026-11-20T18:00:00Z'];
const causes = ['a', 'b', 'c'].map((cause) => diagnosisOf({ cause, targetGroupArn: groupArn(cause) }));
const { findings } = reconcileState(emptyMemory(), reportAt(noon, causes), defaultRules).memory;
const moments = (of: Finding[]) => of.map(({ lastSeenAt }) => lastSeenAt);

test('a run changes nothing of a cause that stays but when it was last seen', () => {
  const again = reconcileState({ ...emptyMemory(), findings }, reportAt(evening, causes), defaultRules);
  expect(again.changes).toEqual([]);
  expect(moments(again.memory.findings)).toEqual([evening, evening, evening]);
});

test('what most findings have in common is kept once, and the others by name', () => {
  const unread = sightedIn(findings, reportAt(later, causes.slice(1)), later);
  expect(sightingsOf(unread)).toEqual({ at: later, others: [[causes[0]?.fingerprint, noon]] });
  expect(withSightings(findings, { at: later, others: [[causes[0]?.fingerprint ?? '', noon]] })).toEqual(unread);
});

test('what was written later than the sightings, or is over, keeps its own moment', () => {
  const [first, ...others] = findings.map((finding) => ({ ...finding, lastSeenAt: evening }));
  if (first === undefined) throw new Error('no finding');
  const mixed: Finding[] = [{ ...first, status: 'resolved', lastSeenAt: noon }, ...others];
  expect(moments(withSightings(mixed, { at: later, others: [] }))).toEqual([noon, evening, evening]);
  expect(sightingsOf([])).toBeNull();
});
