import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../../bin/exit.ts';
import { assess } from '../../../core/diagnosis/assess.ts';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { afterChanges, compare } from '../../../core/lifecycle/reconcile-findings.ts';
import { gateState } from '../../../core/lifecycle/rollout-gate.ts';
import { isWrong } from '../../../core/model/diagnosis.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Report } from '../../../core/model/report.ts';
import { kubernetesSlices, type SliceName } from '../../../core/model/slices.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { renderJunit } from '../../../core/render/machine/junit.ts';
import { renderText } from '../../../core/render/text/text.ts';
import { run } from '../render/crash-report.ts';
import { fail, type SampleOptions, sampleFacts } from '../sample-facts.ts';

function reportOf(change: (facts: Facts) => void, options: SampleOptions = {}): Report {
  const facts = sampleFacts(options);
  change(facts);
  const inventory = { account: '111122223333', region: 'eu-west-1', clusters: [{ name: 'shop' }] as never, gaps: [] };
  return assess({ run, inventory, facts: [facts] }).report;
}

const crash = ({ slices }: Facts): void => {
  for (const { status } of slices.pods) {
    for (const condition of status.conditions) if (condition.type === 'Ready') condition.status = 'False';
    for (const container of status.containerStatuses) {
      container.ready = false;
      container.restartCount = 7;
      container.state = { waiting: { reason: 'CrashLoopBackOff' } };
      container.lastState = { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-11-20T11:59:00Z' } };
    }
  }
  for (const { endpoints } of slices.endpointSlices) for (const { conditions } of endpoints) conditions.ready = false;
};

test('ready pods and an empty group: critical, with what is ready, in exit code, gate, JUnit and text', () => {
  const report = reportOf(
    ({ slices }) => {
      slices.targetHealth = [];
    },
    { targetType: 'ip' },
  );
  const [diagnosis, ...others] = report.diagnoses.filter(isWrong);
  expect(others).toEqual([]);
  expect(diagnosis).toMatchObject({ severity: 'critical', service: 'web' });
  expect(diagnosis?.evidence.map(({ saw }) => saw).join()).toMatch(
    /10\.0\.0\.100, 10\.0\.1\.100 are ready and not registered; 0 targets are/,
  );
  expect(exitCodeOf(report)).toBe(1);
  expect(gateState(report, { namespace: 'shop', service: 'web' }).state).not.toBe('healthy');
  expect(renderJunit(report)).toMatch(/<testsuites [^>]*tests="1" failures="1"/);
  expect(renderText(report, { width: 120, color: false, verbose: false })).not.toContain('Nothing wrong');
});

describe('a group that no owner is known of, whose pods crash', () => {
  const facts = sampleFacts();
  facts.owners = [];
  crash(facts);
  fail(facts.slices.targetHealth);
  const report = reportOf((each) => Object.assign(each, facts));
  const [diagnosis] = report.diagnoses.filter(isWrong);
  const ofKubernetes = new Set(
    catalogue
      .filter(({ kind, ownerless }) => kind === 'fault' && ownerless !== true)
      .filter(({ needs }) => needs.some((slice) => kubernetesSlices.includes(slice)))
      .map(({ id }) => id),
  );

  test('rules out nothing that hangs on Kubernetes', () => {
    expect(diagnosis?.verdict).toBe('unexplained');
    expect(diagnosis?.ruledOut.filter((id) => ofKubernetes.has(id))).toEqual([]);
  });

  test('says that pod-crashloop, as every other that applies, is not known', () => {
    const unknown = new Set(diagnosis?.unknown.map(({ check }) => check));
    const [group] = groupsOf(facts);
    const applying = catalogue.filter((check) => ofKubernetes.has(check.id) && group && check.applies(group));
    expect(unknown).toContain('pod-crashloop');
    expect(applying.length).toBeGreaterThan(50);
    expect(applying.map(({ id }) => id).filter((id) => !unknown.has(id))).toEqual([]);
  });
});

describe('a known cause', () => {
  const closed = ({ slices }: Facts): void => {
    for (const group of slices.securityGroups) group.rules = group.rules.filter(({ egress }) => egress);
    fail(slices.targetHealth);
  };
  const causes: [string, (facts: Facts) => void][] = [
    ['of security groups', closed],
    [
      'of pods',
      (facts) => {
        crash(facts);
        fail(facts.slices.targetHealth);
      },
    ],
  ];
  const hidden: SliceName[] = ['loadBalancers', 'networkInterfaces', 'securityGroups', 'pods', 'services'];

  test.each(causes.flatMap(([cause, change]) => hidden.map((slice) => [cause, slice, change] as const)))(
    '%s neither resolves nor makes way for another one while %s are throttled',
    (_, slice, change) => {
      const known = reportOf(change);
      const memory = afterChanges([], compare([], known, run.finishedAt));
      expect(memory.length).toBeGreaterThan(0);
      const blind = reportOf((facts) => {
        change(facts);
        Object.assign(facts.slices, { [slice]: [] });
        facts.gaps.push({
          slice,
          scope: { kind: 'all' },
          reason: 'throttled',
          action: `list ${slice}`,
          message: 'Rate exceeded',
          remedy: 'Run again.',
        });
      });
      const turned = compare(memory, blind, run.finishedAt).filter(({ transition }) =>
        ['opened', 'resolved'].includes(transition),
      );
      expect(turned).toEqual([]);
      expect(exitCodeOf(blind)).not.toBe(0);
    },
  );
});
