import { describe, expect, test } from 'vitest';
import { afterChanges, compare } from '../../../core/lifecycle/reconcile-findings.ts';
import { defaultLifeCycle, type LifeCycleRules } from '../../../core/lifecycle/thresholds.ts';
import type { Finding } from '../../../core/model/finding.ts';
import type { Report } from '../../../core/model/report.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const web80 = groupArn('web-80');
const moment = (minute: number): string => new Date(Date.parse('2026-11-20T12:00:00Z') + minute * 60_000).toISOString();

const bad = (at: string): Report => reportAt(at, [diagnosisOf()]);
const good = (at: string): Report => reportAt(at, [], [web80]);
const unread = (at: string): Report => {
  const report = good(at);
  return { ...report, groups: report.groups.map((group) => ({ ...group, read: false })) };
};
const emptied = (at: string): Report =>
  reportAt(at, [diagnosisOf({ verdict: 'expected', cause: 'etp-local-no-local-pod', emptyZones: ['eu-west-1c'] })]);
const reports = { B: bad, G: good, U: unread, Z: emptied };

/** Runs every five minutes that found it bad (B), good (G), unread (U) or a zone empty as expected (Z): what each told, `.` for nothing. */
function live(runs: string, rules: Partial<LifeCycleRules> = {}, minutes = 5) {
  let memory: Finding[] = [];
  const told = [...runs].map((run, index) => {
    const at = moment(index * minutes);
    const changes = compare(memory, reports[run as keyof typeof reports](at), at, { ...defaultLifeCycle, ...rules });
    memory = afterChanges(memory, changes);
    return changes.find(({ transition }) => transition !== 'noted')?.transition ?? '.';
  });
  return { told, memory };
}

const twoOfThree = { openAfter: { bad: 2, of: 3 } };

describe('a cause opens', () => {
  test.each([
    ['once it was seen in two of three runs', 'BB', ['.', 'opened']],
    ['with a good run in between', 'BGB', ['.', '.', 'opened']],
    ['not for a single bad run', 'BGGGB', ['.', '.', '.', '.', '.']],
    ['not by a run that could not look', 'BUUU', ['.', '.', '.', '.']],
    ['as if runs that could not look had not been', 'BUUB', ['.', '.', '.', 'opened']],
  ])('%s', (_, runs, told) => {
    expect(live(runs, twoOfThree).told).toEqual(told);
  });

  test('at the moment at which it was seen often enough, and was first seen before', () => {
    expect(live('BB', twoOfThree).memory).toMatchObject([{ openedAt: moment(5), firstSeenAt: moment(0), episode: 1 }]);
  });

  test('and a suspicion that came to nothing is no episode', () => {
    expect(live('BGGG', twoOfThree).memory).toMatchObject([{ status: 'resolved', episode: 0, past: [] }]);
  });
});

describe('an expected state that leaves a zone without a healthy target', () => {
  test('is told once it has lasted for a quarter of an hour, and when it is over', () => {
    expect(live('ZZZZZG').told).toEqual(['.', '.', '.', 'opened', '.', 'resolved']);
  });

  test('is a rollout or a new target where it passes earlier', () => {
    expect(live('ZZZGZZZG').told).toEqual(Array(8).fill('.'));
  });

  test('waits as long as the rules say, or for ever', () => {
    expect(live('Z', { emptyZoneAfterMinutes: 0 }).told).toEqual(['opened']);
    expect(live('ZZZZZ', { emptyZoneAfterMinutes: null })).toEqual({ told: Array(5).fill('.'), memory: [] });
  });
});

describe('a cause resolves', () => {
  test.each([
    ['after three good runs', 'BGGG', ['opened', '.', '.', 'resolved']],
    ['not while bad ones come in between', 'BGGBGG', ['opened', '.', '.', '.', '.', '.']],
    ['not by runs that could not look', 'BGUUUU', ['opened', '.', '.', '.', '.', '.']],
    ['as if runs that could not look had not been', 'BGUGUG', ['opened', '.', '.', '.', '.', 'resolved']],
  ])('%s', (_, runs, told) => {
    expect(live(runs, { resolveAfter: 3 }).told).toEqual(told);
  });

  test('and keeps the history of its episodes when it opens again', () => {
    const { memory } = live('BGBGB', { flapping: { turns: 99, withinMinutes: 60 } });
    expect(memory).toMatchObject([
      {
        episode: 3,
        firstSeenAt: moment(0),
        past: [
          { openedAt: moment(0), resolvedAt: moment(5) },
          { openedAt: moment(10), resolvedAt: moment(15) },
        ],
      },
    ]);
  });
});

describe('a cause that comes and goes', () => {
  test('is told as flapping once, and then nothing', () => {
    expect(live('BGBGBGBGBG').told).toEqual(['opened', 'resolved', 'opened', 'flapping', '.', '.', '.', '.', '.', '.']);
  });

  test('is told where it came to rest after an hour without a turn', () => {
    const resolved = live(`BGBG${'G'.repeat(13)}`).told;
    expect(resolved.slice(4)).toEqual([...Array.from({ length: 11 }, () => '.'), 'resolved', '.']);
    const open = live(`BGBGB${'B'.repeat(13)}`).told;
    expect(open.slice(5)).toEqual([...Array.from({ length: 11 }, () => '.'), 'changed', '.']);
  });

  test('does not flap when its turns are far apart', () => {
    expect(live('BGBGBG', {}, 30).told).toEqual(['opened', 'resolved', 'opened', 'resolved', 'opened', 'resolved']);
  });
});

describe('a run that is repeated', () => {
  test.each([
    ['does not count twice towards opening', 'B', twoOfThree],
    ['does not count twice towards resolving', 'BG', { resolveAfter: 2 }],
  ])('%s', (_, runs, rules) => {
    const { memory } = live(runs, rules);
    const at = moment((runs.length - 1) * 5);
    const again = reports[runs.at(-1) as keyof typeof reports](at);
    expect(compare(memory, again, moment(60), { ...defaultLifeCycle, ...rules })).toEqual([]);
  });
});

test('a cause that stays as it is is not written again, however long it stays', () => {
  const memory = live('B').memory;
  expect(compare(memory, bad(moment(24 * 60)), moment(24 * 60))).toEqual([]);
});

test('evidence of the first sight stays when what is seen today is another', () => {
  const log = { check: 'pod-crashloop', target: null, saw: 'last words: out of disk', expected: 'no restarts' };
  const first = compare([], reportAt(moment(0), [diagnosisOf({ evidence: [log] })]), moment(0));
  const later = compare(
    afterChanges([], first),
    reportAt(moment(5), [diagnosisOf({ evidence: [], severity: 'critical' })]),
    moment(5),
  );
  expect(later).toMatchObject([{ transition: 'changed', after: { firstEvidence: [log] } }]);
});
