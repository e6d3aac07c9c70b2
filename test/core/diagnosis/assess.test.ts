import { describe, expect, test } from 'vitest';
import { assemble, assess } from '../../../core/diagnosis/assess.ts';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { conclude } from '../../../core/diagnosis/conclusion.ts';
import type { Observation } from '../../../core/model/observation.ts';
import { cluster } from '../../checks/controller-case.ts';
import { fail, sampleFacts, takenAt, unready } from '../sample-facts.ts';

const observation = (): Observation => {
  const facts = sampleFacts({ targetType: 'ip' });
  for (const status of unready(facts, 'web-1').status.containerStatuses) {
    status.restartCount = 7;
    status.state = { waiting: { reason: 'CrashLoopBackOff' } };
  }
  facts.cluster = cluster(false);
  for (const { metadata } of facts.slices.services) metadata.labels['team'] = 'shopping';
  fail(facts.slices.targetHealth, '10.0.0.100');
  const run = { id: 'run', startedAt: takenAt, finishedAt: takenAt, apiCalls: {}, throttles: 0, waitedMs: 0 };
  return { run, inventory: { account: facts.account, region: facts.region, clusters: [], gaps: [] }, facts: [facts] };
};
const causesOf = (options: Parameters<typeof assess>[1]) =>
  assess(observation(), options).report.diagnoses.map(({ cause, severity, team }) => ({ cause, severity, team }));

describe('the judgement of a run', () => {
  test('has every cause of the catalogue as it is graded there', () => {
    expect(causesOf({})).toEqual([{ cause: 'pod-crashloop', severity: 'critical', team: undefined }]);
  });

  test('lacks the checks that are switched off, and grades others as the configuration says', () => {
    expect(causesOf({ checks: { 'pod-crashloop': 'off' } }).map(({ cause }) => cause)).not.toContain('pod-crashloop');
    expect(causesOf({ checks: { 'pod-crashloop': 'low' } })).toMatchObject([
      { cause: 'pod-crashloop', severity: 'low' },
    ]);
  });

  test('names the team of a Service by its label', () => {
    expect(causesOf({ teamLabel: 'team' })).toMatchObject([{ team: 'shopping' }]);
  });

  test('says what changed since the targets were healthy only where that is remembered', () => {
    const [facts] = observation().facts;
    const arn = facts?.slices.targetGroups[0]?.arn ?? '';
    const baselines = new Map([[arn, { 'target-group protocol and port': 'TLS 1' }]]);
    expect(assess(observation(), { baselines }).report.diagnoses[0]?.changedSinceHealthy).toContainEqual({
      what: 'target-group protocol and port',
      before: 'TLS 1',
      now: expect.stringMatching(/^TCP /),
    });
    expect(assess(observation()).report.diagnoses[0]).not.toHaveProperty('changedSinceHealthy');
  });

  test('is the same when its conclusions travel as JSON', () => {
    const { facts, ...of } = observation();
    const conclusions = facts.map((each) => conclude(each, { checks: catalogue }));
    expect(assemble(of, JSON.parse(JSON.stringify(conclusions)))).toEqual(assess(observation()));
  });
});

test('a cluster that is listed and may not be described counts as seen', () => {
  const given = observation();
  given.inventory.clusters = [cluster(false)];
  given.inventory.gaps = [
    {
      slice: 'clusters',
      scope: { kind: 'cluster', name: 'other' },
      reason: 'denied',
      action: 'eks:DescribeCluster',
      message: 'refused',
      remedy: 'grant it',
    },
  ];
  expect(assess(given).report.coverage.clusters).toEqual({ seen: 2, audited: 1 });
});
