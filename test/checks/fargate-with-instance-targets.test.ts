import { fargateWithInstanceTargets } from '../../core/checks/configuration/fargate-with-instance-targets.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, metadata, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** Every pod has a Fargate node of its own. */
const move = ({ slices }: Facts, ...names: string[]) => {
  for (const slice of slices.endpointSlices) {
    for (const endpoint of slice.endpoints) {
      const name = endpoint.targetRef?.name ?? '';
      if (!names.includes(name)) continue;
      endpoint.nodeName = `fargate-${name}`;
      slices.nodes.push({
        metadata: { ...metadata(`fargate-${name}`), labels: { 'eks.amazonaws.com/compute-type': 'fargate' } },
        spec: { providerID: `aws:///eu-west-1a/0123/fargate-${name}`, taints: [] },
        status: { addresses: [], conditions: [{ type: 'Ready', status: 'True' }], kubeletVersion: 'v1.33.4' },
      });
    }
  }
};
const local = given(
  () => sampleFacts({ policy: 'Local' }),
  (facts) => {
    move(facts, 'web-1', 'web-2');
    fail(facts.slices.targetHealth);
  },
);

testCheck(fargateWithInstanceTargets, {
  found: [
    {
      name: 'all pods on Fargate and no node registered',
      facts: given(sampleFacts, (facts) => {
        move(facts, 'web-1', 'web-2');
        facts.slices.targetHealth = [];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: '2 ready endpoints, all on Fargate: fargate-web-1, fargate-web-2',
    },
    {
      name: 'EC2 nodes under the policy Local',
      facts: local,
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'all on Fargate',
    },
  ],
  ruledOut: [
    {
      name: 'EC2 nodes that forward under the policy Cluster, failing for another reason',
      facts: given(sampleFacts, (facts) => {
        move(facts, 'web-1', 'web-2');
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'one pod on EC2',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          move(facts, 'web-1');
          fail(facts.slices.targetHealth);
        },
      ),
    },
    {
      name: 'no pod is ready',
      facts: given(local, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
      }),
    },
  ],
});
