import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import { emptyZones } from '../../../core/diagnosis/zones.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { deployment, fail, instanceId, metadata, sampleFacts, targetGroupArn } from '../sample-facts.ts';

/** Two healthy nodes in the zones a and b; the one in c has no pod, as the policy Local wants it. */
function local(crossZone: string | undefined): Facts {
  const facts = sampleFacts({ policy: 'Local' });
  for (const { attributes } of facts.slices.loadBalancers) {
    if (crossZone !== undefined) attributes['load_balancing.cross_zone.enabled'] = crossZone;
  }
  return facts;
}

const emptyIn = (facts: Facts) => groupsOf(facts).flatMap((group) => emptyZones(group, facts.slices.instances));
const judge = (facts: Facts) =>
  groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, catalogue), catalogue));

test('a zone without a healthy target is empty while every zone serves for itself', () => {
  expect(emptyIn(local('false'))).toEqual(['eu-west-1c']);
});

test.each([
  ['cross-zone load balancing is on', local('true')],
  ['the attributes of the load balancer are not known', local(undefined)],
])('no zone is empty when %s', (_name, facts) => {
  expect(facts.slices.loadBalancers).toHaveLength(1);
  expect(emptyIn(facts)).toEqual([]);
});

test("the target group's own setting goes before that of the load balancer", () => {
  const facts = local('false');
  for (const { attributes } of facts.slices.targetGroups) attributes['load_balancing.cross_zone.enabled'] = 'true';
  expect(emptyIn(facts)).toEqual([]);
  for (const { attributes } of facts.slices.targetGroups) {
    attributes['load_balancing.cross_zone.enabled'] = 'use_load_balancer_configuration';
  }
  expect(emptyIn(facts)).toEqual(['eu-west-1c']);
});

test('a group that takes no traffic leaves no zone empty', () => {
  const facts = local('false');
  for (const listener of facts.slices.listeners) listener.forwards = [{ targetGroupArn, weight: 0 }];
  expect(emptyIn(facts)).toEqual([]);
});

test('a zone in which a target fails otherwise is not emptied by what is expected', () => {
  const facts = local('false');
  fail(facts.slices.targetHealth, instanceId(0));
  expect(emptyIn(facts)).toEqual(['eu-west-1a', 'eu-west-1c']);
  const told = judge(facts).map(({ verdict, emptyZones: zones = [] }) => [verdict, ...zones]);
  expect(told).toEqual([['unexplained'], ['expected', 'eu-west-1c']]);
});

test('an expected state that empties a zone says so first, names it and is of medium severity', () => {
  expect(judge(local('false'))).toMatchObject([
    {
      verdict: 'expected',
      cause: 'etp-local-no-local-pod',
      title: 'A zone of the load balancer is left without a healthy target',
      severity: 'medium',
      emptyZones: ['eu-west-1c'],
      evidence: [{ target: null, saw: expect.stringContaining('zone eu-west-1c has no healthy target') }, {}],
    },
  ]);
});

/** Both pods of an ip group, not yet healthy, of a Deployment that is being rolled out. */
function rollingOut(crossZone: string): Facts {
  const facts = sampleFacts({ targetType: 'ip' });
  for (const { attributes } of facts.slices.loadBalancers) attributes['load_balancing.cross_zone.enabled'] = crossZone;
  const owned = { kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true };
  const own = deployment(2);
  own.status.updatedReplicas = 1;
  own.status.conditions = [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }];
  const replicaSet = { ...deployment(2), kind: 'ReplicaSet' as const };
  replicaSet.metadata = { ...metadata('web-5d4f7', 'shop'), ownerReferences: [owned] };
  facts.slices.workloads = [own, replicaSet];
  for (const pod of facts.slices.pods) {
    pod.metadata.creationTimestamp = '2026-11-20T11:58:00Z';
    for (const condition of pod.status.conditions) condition.lastTransitionTime = '2026-11-20T11:58:10Z';
  }
  for (const target of facts.slices.targetHealth) {
    target.state = 'initial';
    target.reason = 'Elb.InitialHealthChecking';
  }
  return facts;
}

const sawOf = (facts: Facts) => judge(facts).map(({ evidence }) => evidence.map(({ saw }) => saw));

test.each(['true', 'false'])(
  'no healthy target anywhere is said once, with the fail-open and the missing readiness gates (cross-zone %s)',
  (crossZone) => {
    const [diagnosis, ...others] = judge(rollingOut(crossZone));
    expect(others).toEqual([]);
    expect(diagnosis).toMatchObject({
      verdict: 'expected',
      title: 'No target is healthy in any zone of the load balancer',
      severity: 'high',
      emptyZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    });
    const saw = diagnosis?.evidence.map((each) => each.saw) ?? [];
    expect(saw.filter((text) => text.includes('fails open and sends clients to all 2 targets'))).toHaveLength(1);
    expect(saw.filter((text) => text.includes('leaves DNS'))).toEqual([]);
    expect(saw.filter((text) => text.includes('no readiness gate'))).toHaveLength(1);
  },
);

test('nor is a gate missing where no pod is ready: nothing went on without its target', () => {
  const facts = rollingOut('false');
  for (const { status } of facts.slices.pods)
    for (const condition of status.conditions) if (condition.type === 'Ready') condition.status = 'False';
  expect(sawOf(facts).flat().join()).not.toContain('readiness gate');
});

test('pods with a readiness gate of the load balancer are not said to lack one', () => {
  const facts = rollingOut('false');
  for (const { spec } of facts.slices.pods) spec.readinessGates = ['target-health.elbv2.k8s.aws/k8s-shop-web'];
  expect(sawOf(facts).flat()).toContainEqual(expect.stringContaining('fails open'));
  expect(sawOf(facts).flat().join()).not.toContain('readiness gate');
});

test('a cause that leaves no target healthy says so once and gives the number of targets that clients get to', () => {
  const facts = local('false');
  fail(facts.slices.targetHealth);
  const saw = sawOf(facts).flat();
  expect(saw.filter((text) => text.includes('fails open'))).toEqual([
    'no target is healthy in any zone: the load balancer fails open and sends clients to all 3 targets',
  ]);
  expect(saw.join()).not.toContain('leaves DNS');
  expect(judge(facts).flatMap(({ emptyZones: zones = [] }) => zones)).toEqual([]);
});

/** A second listener of the load balancer with a target group of its own. */
function withSibling(facts: Facts): Facts {
  const [listener] = facts.slices.listeners;
  if (listener === undefined) throw new Error('no listener');
  const sibling = targetGroupArn.replaceAll('k8s-shop-web', 'k8s-shop-admin');
  facts.slices.listeners.push({
    ...listener,
    arn: `${listener.arn}/2`,
    port: 8443,
    forwards: [{ targetGroupArn: sibling }],
  });
  return facts;
}

test('one unhealthy target that empties its zone names the zone and the other listeners that lose it', () => {
  const facts = withSibling(local('false'));
  fail(facts.slices.targetHealth, instanceId(0));
  const [broken] = judge(facts);
  expect(broken?.verdict).toBe('unexplained');
  expect(broken?.evidence.map(({ saw }) => saw)).toContainEqual(
    'zone eu-west-1a has no healthy target and cross-zone load balancing is off, so that its address leaves DNS for every listener of k8s-shop-web, also TCP 8443 (k8s-shop-admin-0123456789)',
  );
});

const withAttributes = (attributes: Record<string, string>): Facts => {
  const facts = sampleFacts();
  for (const balancer of facts.slices.loadBalancers) balancer.attributes['load_balancing.cross_zone.enabled'] = 'false';
  for (const group of facts.slices.targetGroups) {
    group.attributes = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`target_group_health.${name}`, value]),
    );
  }
  const [first] = facts.slices.targetHealth;
  // A second target in the first zone.
  if (first) facts.slices.targetHealth.push({ ...first, port: 31081 });
  fail(facts.slices.targetHealth.slice(0, 1));
  return facts;
};

test.each([
  ['one of two is enough by default', {}, undefined],
  [
    'a minimum for DNS of two targets',
    { 'dns_failover.minimum_healthy_targets.count': '2' },
    undefined, // every zone is short of it, so that none leaves DNS
  ],
  [
    'a minimum for DNS of 60 percent',
    { 'dns_failover.minimum_healthy_targets.percentage': '60' },
    'zone eu-west-1a has 1 of 2 targets healthy, and dns_failover asks for 2',
  ],
  [
    'a minimum for routing of 60 percent',
    { 'unhealthy_state_routing.minimum_healthy_targets.percentage': '60' },
    'zone eu-west-1a has 1 of 2 targets healthy, and unhealthy_state_routing asks for 2: clients get to the failing ones too',
  ],
])('thresholds of the target group are judged: %s', (_name, attributes, expected) => {
  const saw = sawOf(withAttributes(attributes)).flat();
  expect(saw.find((text) => text.startsWith('zone'))?.slice(0, expected?.length)).toBe(expected);
});

test('a zone whose DNS failover is switched off stays in DNS, and its clients get to failing targets', () => {
  const facts = withAttributes({ 'dns_failover.minimum_healthy_targets.count': 'off' });
  fail(facts.slices.targetHealth, instanceId(0));
  expect(sawOf(facts).flat()).toContainEqual(
    expect.stringContaining('zone eu-west-1a has no healthy target and stays in DNS'),
  );
});

test('an expected state that leaves a healthy target in every zone stays quiet', () => {
  expect(judge(local('true'))).toMatchObject([{ verdict: 'expected', severity: 'info', evidence: [{}] }]);
});
