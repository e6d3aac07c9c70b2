import { expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import { emptyZones } from '../../../core/diagnosis/zones.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { fail, instanceId, sampleFacts, targetGroupArn } from '../sample-facts.ts';

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

test('an expected state that leaves a healthy target in every zone stays quiet', () => {
  expect(judge(local('true'))).toMatchObject([{ verdict: 'expected', severity: 'info', evidence: [{}] }]);
});
