import { targetNotSupportedByNlb } from '../../core/checks/registration/target-not-supported-by-nlb.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const old = given(sampleFacts, ({ slices }) => {
  slices.targetHealth = [];
  for (const instance of slices.instances) if (instance.id === instanceId(1)) instance.type = 'm3.large';
});

testCheck(targetNotSupportedByNlb, {
  found: [
    {
      name: 'one node of an old type, and the controller says that it was refused',
      facts: given(old, ({ slices }) => {
        slices.events.push({
          namespace: 'shop',
          regarding: { kind: 'Service', name: 'web', namespace: 'shop' },
          type: 'Warning',
          reason: 'SyncLoadBalancerFailed',
          note: 'RegisterTargets: InvalidTarget: not of a supported instance type',
          count: 5,
          firstSeen: '2026-11-20T11:30:00Z',
          lastSeen: '2026-11-20T11:59:00Z',
        });
      }),
      targets: [],
      confidence: 'confirmed',
      saw: `${instanceId(1)}: m3.large; event SyncLoadBalancerFailed`,
    },
    { name: 'one node of an old type', facts: old, targets: [], confidence: 'probable', saw: 'm3.large' },
    {
      name: 'an instance of another VPC',
      facts: given(sampleFacts, ({ slices }) => {
        for (const instance of slices.instances) if (instance.id === instanceId(1)) instance.vpcId = 'vpc-0b';
        fail(slices.targetHealth, instanceId(1));
      }),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'is in vpc-0b',
    },
  ],
  ruledOut: [
    {
      name: 'current types',
      facts: given(sampleFacts, ({ slices }) => {
        slices.targetHealth = [];
      }),
    },
    {
      name: 'an old type that is no node of the cluster',
      facts: given(old, ({ slices }) => {
        slices.nodes = slices.nodes.filter(({ spec }) => !spec.providerID?.endsWith(instanceId(1)));
      }),
    },
    {
      name: 'an old type that the Service does not ask for',
      facts: given(old, ({ slices }) => {
        for (const node of slices.nodes)
          if (!node.spec.providerID?.endsWith(instanceId(1))) node.metadata.labels['tier'] = 'edge';
        for (const { metadata } of slices.services)
          metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-target-node-labels'] = 'tier=edge';
      }),
    },
  ],
});
