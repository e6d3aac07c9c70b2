import { expect, test } from 'vitest';
import { clusterNetworkPolicyBlocksHealthCheck } from '../../core/checks/network/cluster-network-policy-blocks-health-check.ts';
import { examine } from '../../core/diagnosis/examine.ts';
import type { CalicoPolicy } from '../../core/model/custom-resources/engine-policy.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { daemonSet } from '../core/network/open-path.ts';
import { fail, metadata, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const policy = (change: Partial<CalicoPolicy['spec']> = {}): CalicoPolicy => ({
  kind: 'CalicoPolicy',
  resource: 'globalnetworkpolicies.crd.projectcalico.org',
  metadata: metadata('default-deny'),
  spec: { tier: 'default', selector: 'all()', types: ['Ingress'], ingress: [], others: [], ...change },
});
const under = (agent: string, ...policies: CalicoPolicy[]) =>
  given(
    () => sampleFacts({ targetType: 'ip' }),
    ({ slices }) => {
      fail(slices.targetHealth);
      slices.workloads.push(daemonSet(agent, {}));
      slices.enginePolicies = policies;
    },
  );
const pods = ['10.0.0.100', '10.0.1.100'];

testCheck(clusterNetworkPolicyBlocksHealthCheck, {
  found: [
    {
      name: 'a GlobalNetworkPolicy that denies by default',
      facts: under('calico-node', policy()),
      targets: pods,
      confidence: 'confirmed',
      saw: 'shop/web-1 under Calico: Calico tier default: no rule for TCP 8080 from 10.0.0.5',
      values: { port: 8080, resource: 'globalnetworkpolicies.crd.projectcalico.org' },
    },
  ],
  ruledOut: [
    { name: 'no policy of an own kind', facts: under('calico-node') },
    { name: 'an engine that does not run', facts: under('aws-node', policy()) },
    { name: 'a policy for other pods', facts: under('calico-node', policy({ selector: "app == 'api'" })) },
    {
      name: 'a NetworkPolicy alone that denies',
      facts: given(under('calico-node', policy({ selector: "app == 'api'" })), ({ slices }) => {
        slices.networkPolicies.push({
          metadata: metadata('deny', 'shop'),
          spec: { podSelector: { matchLabels: {}, matchExpressions: [] }, policyTypes: ['Ingress'], ingress: [] },
        });
      }),
    },
  ],
});

test('what hangs on labels that are not read is unknown, with the policy named', () => {
  const facts: Facts = under('calico-node', policy({ namespaceSelector: "team == 'shop'" }))();
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('no group');
  const [result] = examine(group, facts, [clusterNetworkPolicyBlocksHealthCheck]);
  expect(result).toMatchObject({
    outcome: 'unknown',
    gaps: [
      {
        message: expect.stringContaining('cannot be decided'),
        remedy: expect.stringContaining('globalnetworkpolicies'),
      },
      {},
    ],
  });
});
