import { describe, expect, test } from 'vitest';
import { readyEndpointsNotRegistered } from '../../../core/checks/registration/ready-endpoints-not-registered.ts';
import { servicePortWithoutListener } from '../../../core/checks/registration/service-port-without-listener.ts';
import { lostBackendsOf } from '../../../core/controllers/deleted/lost-backends.ts';
import { owedListener } from '../../../core/controllers/deleted/owed-listener.ts';
import { missingTargetsOf } from '../../../core/controllers/missing-targets.ts';
import { arePortsPending, isPending } from '../../../core/controllers/pending.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Service } from '../../../core/model/kubernetes.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { sampleFacts, sampleOwner, takenAt, targetGroupArn } from '../sample-facts.ts';

const secondsAgo = (seconds: number): string => new Date(Date.parse(takenAt) - seconds * 1000).toISOString();

test.each([
  [-60, true],
  [0, true],
  [299, true],
  [300, true],
  [301, false],
])('what came %i s ago is pending: %s', (seconds, expected) => {
  expect(isPending(secondsAgo(seconds), takenAt)).toBe(expected);
});

test('a moment that is not known is long ago', () => {
  expect(isPending(undefined, takenAt)).toBe(false);
});

/** Each moment of a Service after which its listeners may be missing. */
const moments: [string, (service: Service, at: string) => void][] = [
  ['made', ({ metadata }, at) => Object.assign(metadata, { creationTimestamp: at })],
  ['written', ({ metadata }, at) => Object.assign(metadata, { writes: [{ manager: 'kubectl', at }] })],
  ['given an address', ({ status }, at) => Object.assign(status, { writtenAt: at })],
];

/** The sample as its controller made it, with a Service of type LoadBalancer from long ago. */
function published(change: (facts: Facts) => void): Facts {
  const facts = sampleFacts();
  facts.cluster = { name: 'shop' } as Facts['cluster'];
  const [balancer] = facts.slices.loadBalancers;
  for (const service of facts.slices.services) {
    service.spec.type = 'LoadBalancer';
    service.metadata.creationTimestamp = '2026-11-01T00:00:00Z';
    service.status.loadBalancer = [{ hostname: balancer?.dnsName ?? '' }];
    service.metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-type'] = 'nlb';
  }
  for (const group of facts.slices.targetGroups)
    group.tags = {
      'elbv2.k8s.aws/cluster': 'shop',
      'service.k8s.aws/stack': 'shop/web',
      'service.k8s.aws/resource': 'shop/web:80',
    };
  change(facts);
  return facts;
}

const firstOf = (facts: Facts) => {
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has a target group');
  return group;
};

describe.each(moments)('a Service that was %s', (_, set) => {
  const facts = (seconds: number, change: (facts: Facts) => void) =>
    published((given) => {
      for (const service of given.slices.services) set(service, secondsAgo(seconds));
      change(given);
    });

  test.each([
    [300, true],
    [301, false],
  ])('%i s ago has ports that are pending: %s', (seconds, isEarly) => {
    const [service] = facts(seconds, () => {}).slices.services;
    expect(service && arePortsPending(service, takenAt)).toBe(isEarly);

    const detached = facts(seconds, ({ slices }) => {
      slices.listeners = [];
    });
    expect(owedListener(firstOf(detached), detached.slices) === undefined).toBe(isEarly);

    const moved = facts(seconds, ({ slices }) => {
      for (const listener of slices.listeners) listener.port = 8081;
    });
    const [result] = examine(firstOf(moved), moved, [servicePortWithoutListener]);
    const sure = result?.outcome === 'found' && result.evidence.every(({ confidence }) => confidence === 'confirmed');
    expect(sure).toBe(!isEarly);
  });
});

test.each([
  [300, []],
  [301, ['load-balancer']],
])('a status that was written %i s before the account was read is a proof or none', (seconds, expected) => {
  const { slices } = published(({ slices: { services } }) => {
    for (const { status } of services) status.writtenAt = secondsAgo(seconds);
  });
  const account = { account: '111122223333', region: 'eu-west-1', partition: 'aws', takenAt };
  const existing = { loadBalancers: [], targetGroups: [targetGroupArn] };
  const lost = lostBackendsOf(slices, { owners: [sampleOwner], isWhole: true }, { ...account, existing });
  expect(lost.map(({ lacks }) => lacks)).toEqual(expected);
});

test.each([
  [300, 0],
  [301, 1],
])('of nodes that became ready %i s ago %i should be registered', (seconds, expected) => {
  const facts = published(({ slices }) => {
    slices.targetHealth.pop();
    for (const { metadata, status } of slices.nodes) {
      metadata.creationTimestamp = '2026-11-01T00:00:00Z';
      for (const condition of status.conditions) condition.lastTransitionTime = secondsAgo(seconds);
    }
  });
  expect(missingTargetsOf(firstOf(facts), facts.slices)).toHaveLength(expected);
  const [result] = examine(firstOf(facts), facts, [readyEndpointsNotRegistered]);
  expect(result?.outcome).toBe(expected === 0 ? 'ruled-out' : 'found');
});
