import { assess } from '../../../core/diagnosis/assess.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Gap } from '../../../core/model/gap.ts';
import type { Report } from '../../../core/model/report.ts';
import { fail, sampleFacts, takenAt, unready } from '../sample-facts.ts';

export const run = {
  id: 'run',
  startedAt: takenAt,
  finishedAt: '2026-11-20T12:00:02Z',
  apiCalls: { 'ec2:DescribeVpcs': 2 },
  throttles: 0,
  waitedMs: 0,
};

export const gap: Gap = {
  slice: 'nodes',
  scope: { kind: 'cluster', name: 'shop' },
  reason: 'denied',
  action: 'list nodes',
  message: 'nodes is forbidden',
  remedy: 'Apply docs/rbac.yaml',
};

/** One of two ip targets crashes with these last words in its log. */
export function crashReport(lastWords = 'gone', gaps: Gap[] = []): Report {
  const facts = sampleFacts({ targetType: 'ip' });
  for (const status of unready(facts, 'web-1').status.containerStatuses) {
    status.restartCount = 7;
    status.state = { waiting: { reason: 'CrashLoopBackOff' } };
    status.lastState = { terminated: { exitCode: 1, finishedAt: takenAt } };
  }
  fail(facts.slices.targetHealth, '10.0.0.100');
  facts.slices.podLogs = [{ namespace: 'shop', pod: 'web-1', container: 'app', previous: true, lines: [lastWords] }];
  facts.gaps.push(...gaps);
  return reportOf(facts);
}

/** A Service on three nodes, of which one has no pod under the traffic policy Local: nothing to alarm anybody while zones help each other. */
export function expectedReport({ crossZone = true } = {}): Report {
  const facts = sampleFacts({ policy: 'Local' });
  for (const { attributes } of facts.slices.loadBalancers)
    attributes['load_balancing.cross_zone.enabled'] = String(crossZone);
  return reportOf(facts);
}

/** The health of the targets could not be read. */
export function unreadReport(): Report {
  const facts = sampleFacts();
  facts.slices.targetHealth = [];
  facts.gaps.push({ ...gap, slice: 'targetHealth', action: 'elasticloadbalancing:DescribeTargetHealth' });
  return reportOf(facts);
}

/** The report about one cluster, as if it had been described. */
export function reportOf(facts: Facts, clusters = { seen: 1, audited: 1 }): Report {
  const inventory = { account: facts.account, region: facts.region, clusters: [], gaps: [] };
  const { report } = assess({ run, inventory, facts: [facts] });
  return { ...report, coverage: { ...report.coverage, clusters } };
}
