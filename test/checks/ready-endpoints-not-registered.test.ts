import { readyEndpointsNotRegistered } from '../../core/checks/registration/ready-endpoints-not-registered.ts';
import type { Facts } from '../../core/model/facts.ts';
import { instanceId, nodeName, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { binding, empty, ip, lease, ownedBy } from './controller-case.ts';

/** The last node was never registered. */
const without = (make: () => Facts, index: number) =>
  given(make, ({ slices }) => {
    slices.targetHealth = slices.targetHealth.filter(({ id }) => id !== instanceId(index));
  });

/** Under Local, cloud-provider-aws passes by the node of a ready pod because the Node has no provider id. */
const unnamed = ownedBy(
  given(
    without(() => sampleFacts({ policy: 'Local' }), 1),
    ({ slices }) => {
      for (const { metadata, spec } of slices.nodes) if (metadata.name === nodeName(1)) delete spec.providerID;
    },
  ),
  'cloud-provider-aws',
);

const sinceReady = (make: () => Facts, lastTransitionTime: string) =>
  given(make, ({ slices }) => {
    for (const { status } of slices.pods) {
      status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime }];
    }
  });

testCheck(readyEndpointsNotRegistered, {
  found: [
    {
      name: 'an empty group of a Service with ready pods, under a controller at work',
      facts: given(empty, ({ slices }) => {
        slices.targetGroupBindings = [binding({})];
        slices.leases.push(lease(3));
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /10\.0\.0\.100, 10\.0\.1\.100 are ready and not registered; 0 targets are; the controller renewed its Lease 3 s ago/,
      values: { binding: 'k8s-shop-web-0123456789', bindingNamespace: 'shop' },
    },
    {
      name: 'an empty group that a binding of EKS Auto Mode should fill',
      facts: ownedBy(
        given(empty, ({ slices }) => {
          slices.targetGroupBindings = [{ ...binding({}), group: 'eks.amazonaws.com' }];
        }),
        'eks-auto-mode',
      ),
      targets: [],
      confidence: 'confirmed',
      saw: 'are ready and not registered',
      values: { autoModeBinding: 'k8s-shop-web-0123456789', bindingNamespace: 'shop' },
    },
    {
      name: 'one of two ready pods while the other one is registered and healthy',
      facts: given(ip, ({ slices }) => {
        slices.targetHealth = slices.targetHealth.slice(0, 1);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: '10.0.1.100 is ready and not registered; 1 target is',
    },
    {
      name: 'a node without provider id under cloud-provider-aws and Local',
      facts: unnamed,
      targets: [],
      confidence: 'confirmed',
      saw: `node ${nodeName(1)} is Ready and not registered; 2 targets are; 1 of 2 ready endpoints run on them; ${nodeName(1)} is without spec.providerID`,
      values: { unnamed: nodeName(1) },
    },
    {
      name: 'a node that cloud-provider-aws left out, which a change of the Service brings back',
      facts: ownedBy(without(sampleFacts, 1), 'cloud-provider-aws'),
      targets: [],
      confidence: 'confirmed',
      saw: `node ${nodeName(1)} is Ready and not registered; 2 targets are`,
      values: { unbound: 'web' },
    },
  ],
  ruledOut: [
    { name: 'a group with every node', facts: sampleFacts },
    { name: 'a group with every ready pod', facts: ip },
    { name: 'pods that became ready a minute ago', facts: sinceReady(empty, '2026-11-20T11:59:00Z') },
    {
      name: 'a load balancer made two minutes ago',
      facts: given(empty, ({ slices }) => {
        for (const balancer of slices.loadBalancers) balancer.createdAt = '2026-11-20T11:58:00Z';
      }),
    },
    {
      name: 'a node that joined two minutes ago',
      facts: given(without(sampleFacts, 2), ({ slices }) => {
        for (const { metadata } of slices.nodes)
          if (metadata.name === nodeName(2)) metadata.creationTimestamp = '2026-11-20T11:58:00Z';
      }),
    },
    {
      name: 'a node with an excluding label',
      facts: given(without(sampleFacts, 2), ({ slices }) => {
        for (const { metadata } of slices.nodes)
          if (metadata.name === nodeName(2))
            metadata.labels['node.kubernetes.io/exclude-from-external-load-balancers'] = '';
      }),
    },
    {
      name: 'a node that Karpenter ends',
      facts: given(without(sampleFacts, 2), ({ slices }) => {
        for (const { metadata, spec } of slices.nodes)
          if (metadata.name === nodeName(2)) spec.taints.push({ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' });
      }),
    },
    {
      name: 'a node that the cluster autoscaler ends',
      facts: given(without(sampleFacts, 2), ({ slices }) => {
        for (const { metadata, spec } of slices.nodes)
          if (metadata.name === nodeName(2))
            spec.taints.push({ key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule' });
      }),
    },
    {
      name: 'a node of Fargate',
      facts: given(without(sampleFacts, 2), ({ slices }) => {
        for (const { metadata } of slices.nodes)
          if (metadata.name === nodeName(2)) metadata.labels['eks.amazonaws.com/compute-type'] = 'fargate';
      }),
    },
    {
      name: 'a node that none of the bindings that share the group chooses',
      facts: given(without(sampleFacts, 2), ({ slices }) => {
        for (const [index, { metadata }] of slices.nodes.entries()) metadata.labels['pool'] = 'abc'[index] ?? '';
        slices.targetGroupBindings = ['a', 'b'].map((pool) => ({
          ...binding({ targetType: 'instance', nodeSelector: { matchLabels: { pool }, matchExpressions: [] } }),
          metadata: { ...binding({}).metadata, name: `web-${pool}` },
        }));
      }),
    },
    {
      name: 'a hybrid node, which has no instance',
      facts: given(without(sampleFacts, 2), ({ slices }) => {
        for (const { metadata } of slices.nodes)
          if (metadata.name === nodeName(2)) metadata.labels['eks.amazonaws.com/compute-type'] = 'hybrid';
      }),
    },
    {
      name: 'a group that Terraform fills, known by its targets alone',
      facts: given(without(sampleFacts, 2), ({ owners }) => {
        for (const owner of owners) owner.by = 'node-port';
      }),
    },
  ],
});
