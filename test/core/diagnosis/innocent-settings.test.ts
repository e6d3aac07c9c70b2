import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../core/diagnosis/catalogue.ts';
import { diagnose } from '../../../core/diagnosis/diagnose.ts';
import { examine } from '../../../core/diagnosis/examine.ts';
import type { Facts } from '../../../core/model/facts.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { fail, probe, rule, sampleFacts, unready } from '../sample-facts.ts';

const judge = (facts: Facts) =>
  groupsOf(facts).flatMap((group) => diagnose(group, facts, examine(group, facts, catalogue), catalogue));

const attribute = (key: string, value: string) => (facts: Facts) => {
  for (const { attributes } of [...facts.slices.targetGroups, ...facts.slices.loadBalancers]) attributes[key] = value;
};
const rulesOfLoadBalancer = (facts: Facts) =>
  facts.slices.securityGroups.find(({ name }) => name === 'load balancer')?.rules ?? [];

/**
 * Settings that people blame and that no health check depends on (NLB user guide; KK: pkg/proxy). Facts do not even hold
 * sessionAffinity, trafficDistribution, hints of endpoints and the dates of certificates.
 */
const innocents: [string, (facts: Facts) => void][] = [
  [
    'client addresses are preserved, so that a pod cannot reach itself',
    attribute('preserve_client_ip.enabled', 'true'),
  ],
  ['client addresses are not preserved', attribute('preserve_client_ip.enabled', 'false')],
  ['cross-zone load balancing is off', attribute('load_balancing.cross_zone.enabled', 'false')],
  [
    'the security group of the load balancer admits one client only',
    (facts) => rulesOfLoadBalancer(facts).push(rule({ fromPort: 443, toPort: 443, cidrIpv4: '192.0.2.7/32' })),
  ],
  [
    'internalTrafficPolicy is Local',
    ({ slices }) => {
      for (const { spec } of slices.services) spec.internalTrafficPolicy = 'Local';
    },
  ],
  [
    'endpoints are meant for some zones only',
    ({ slices }) => {
      for (const { endpoints } of slices.endpointSlices) for (const each of endpoints) each.zone = 'eu-west-1a';
    },
  ],
  [
    'loadBalancerSourceRanges leave the load balancer out, and the security groups do not',
    ({ slices }) => {
      for (const { spec } of slices.services) spec.loadBalancerSourceRanges = ['192.0.2.0/24'];
    },
  ],
];

const onIp: typeof innocents = [
  [
    'externalTrafficPolicy is Local',
    ({ slices }) => {
      for (const { spec } of slices.services)
        Object.assign(spec, { externalTrafficPolicy: 'Local', healthCheckNodePort: 32080 });
    },
  ],
];

/** The same symptom, with a cause and without one. */
const situations: [string, (facts: Facts) => void][] = [
  ['everything fails and nobody knows why', ({ slices }) => fail(slices.targetHealth)],
  [
    'no rule admits the health check',
    ({ slices }) => {
      fail(slices.targetHealth);
      for (const group of slices.securityGroups) group.rules = group.rules.filter(({ egress }) => egress);
    },
  ],
  [
    'no pod is ready',
    (facts) => {
      fail(facts.slices.targetHealth);
      for (const name of ['web-1', 'web-2']) unready(facts, name);
    },
  ],
  [
    'the application answers 503',
    (facts) => {
      fail(facts.slices.targetHealth);
      for (const { healthCheck } of facts.slices.targetGroups)
        Object.assign(healthCheck, { protocol: 'HTTP', path: '/' });
      probe(facts, 'health-check', { kind: 'http', status: 503 }, { path: '/' });
    },
  ],
];

describe.each([
  ['instance', innocents],
  ['ip', [...innocents, ...onIp]],
] as const)('%s targets', (targetType, settings) => {
  describe.each(settings)('%s', (_setting, set) => {
    test('is nothing to warn of while all targets are healthy', () => {
      const facts = sampleFacts({ targetType });
      set(facts);
      expect(facts.slices.targetHealth.every(({ state }) => state === 'healthy')).toBe(true);
      expect(judge(facts)).toEqual([]);
    });

    test.each(situations)('changes no word where %s', (_situation, happen) => {
      const [plain, changed] = [sampleFacts({ targetType }), sampleFacts({ targetType })];
      happen(plain);
      happen(changed);
      set(changed);
      expect(judge(plain)).toHaveLength(1);
      expect(judge(changed)).toEqual(judge(plain));
    });
  });
});
