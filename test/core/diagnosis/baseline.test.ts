import { describe, expect, test } from 'vitest';
import { differences } from '../../../core/diagnosis/baseline.ts';
import { changesSinceHealthy, newlyHealthy } from '../../../core/diagnosis/changes-since-healthy.ts';
import { diagnosisOf, groupArn, reportAt } from '../sample-report.ts';

const at = '2026-11-20T12:00:00Z';
const web = groupArn('web-80');
const setup = { 'pods image of app': 'web:1', 'pods ready': '3 of 3', 'service selector': 'app=web' };

describe('the difference between two baselines', () => {
  test('names what was changed, added and removed', () => {
    const now = { 'pods image of app': 'web:2', 'pods ready': '3 of 3', 'pods image of proxy': 'envoy:1' };
    expect(differences({ ...setup, 'pods ports of app': '8080' }, now)).toEqual([
      { what: 'pods image of app', before: 'web:1', now: 'web:2' },
      { what: 'pods image of proxy', before: null, now: 'envoy:1' },
      { what: 'pods ports of app', before: '8080', now: null },
    ]);
  });

  test('says nothing about a kind that only one of them could read', () => {
    expect(differences(setup, { 'pods image of app': 'web:1', 'pods ready': '3 of 3' })).toEqual([]);
  });
});

describe('since a target group was healthy', () => {
  const report = reportAt(at, [diagnosisOf(), diagnosisOf({ verdict: 'latent', cause: 'hc-port-wrong' })]);
  const now = new Map([[web, { ...setup, 'pods image of app': 'web:2' }]]);

  test('what changed stands in the diagnosis of what is wrong', () => {
    const diagnoses = changesSinceHealthy(report.diagnoses, new Map([[web, setup]]), now);
    expect(diagnoses.map(({ changedSinceHealthy }) => changedSinceHealthy)).toEqual([
      [{ what: 'pods image of app', before: 'web:1', now: 'web:2' }],
      undefined,
    ]);
  });

  test('a target group that was never seen healthy says nothing', () => {
    expect(changesSinceHealthy(report.diagnoses, new Map(), now)[0]).not.toHaveProperty('changedSinceHealthy');
  });
});

describe('the setup that is remembered', () => {
  const healthy = reportAt(at, [], [web]);
  const all = { ...healthy, groups: healthy.groups.map((group) => ({ ...group, healthy: 2, total: 2 })) };
  const now = new Map([[web, setup]]);

  test('is that of a target group whose targets are all healthy', () => {
    expect(newlyHealthy(all.groups, new Map(), now)).toEqual(now);
    expect(newlyHealthy(healthy.groups, new Map(), now)).toEqual(new Map());
  });

  test.each([
    ['nothing, while it stays as it is', setup, 0],
    ['the new one, when something changed', { ...setup, 'pods image of app': 'web:0' }, 1],
    ['the new one, when more could be read than before', { 'pods image of app': 'web:1', 'pods ready': '3 of 3' }, 1],
  ])('is %s', (_, before, size) => {
    expect(newlyHealthy(all.groups, new Map([[web, before]]), now).size).toBe(size);
  });
});
