import { podUnschedulable } from '../../core/checks/workload/pod-unschedulable.ts';
import type { Facts } from '../../core/model/facts.ts';
import { event, fail, instanceId, pending, sampleFacts, takenAt } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const homeless = (facts: Facts, name: string, message = '0/3 nodes are available: 3 Insufficient cpu.') => {
  const pod = pending(facts, name);
  delete pod.spec.nodeName;
  pod.status.podIPs = [];
  pod.status.containerStatuses = [];
  pod.status.conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
};
const allHomeless = given(sampleFacts, (facts) => {
  homeless(facts, 'web-1');
  homeless(facts, 'web-2');
  fail(facts.slices.targetHealth);
});

testCheck(podUnschedulable, {
  found: [
    {
      name: 'pods without a node, and no other endpoint',
      facts: allHomeless,
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 has no node: 0/3 nodes are available: 3 Insufficient cpu.',
    },
    {
      name: 'an autoscaler has just promised a node',
      facts: given(allHomeless, ({ slices }) => {
        slices.events = ['web-1', 'web-2'].map((name) =>
          event('Pod', name, 'TriggeredScaleUp', 'pod triggered scale-up: [{general 3->4 (max: 10)}]'),
        );
      }),
      targets: [],
      confidence: 'possible',
      saw: 'TriggeredScaleUp',
    },
    {
      name: 'one node is under pressure and all others are full',
      facts: given(sampleFacts, (facts) => {
        const message =
          '0/30 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }, 29 Insufficient cpu.';
        homeless(facts, 'web-1', message);
        homeless(facts, 'web-2', message);
        fail(facts.slices.targetHealth);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: '29 Insufficient cpu',
    },
    {
      name: 'the promise of a node was not kept',
      facts: given(allHomeless, ({ slices }) => {
        slices.events = [{ ...event('Pod', 'web-1', 'Nominated', 'node'), lastSeen: '2026-11-20T11:30:00Z' }];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'has no node',
    },
    {
      name: 'an ip group that is empty for want of pods',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          homeless(facts, 'web-1');
          homeless(facts, 'web-2');
          facts.slices.targetHealth = [];
        },
      ),
      targets: [],
      confidence: 'confirmed',
      saw: 'web-2',
    },
  ],
  ruledOut: [
    {
      name: 'one pod is pending and the other carries the nodes',
      facts: given(sampleFacts, (facts) => {
        homeless(facts, 'web-1');
        fail(facts.slices.targetHealth, instanceId(0));
      }),
    },
    {
      name: 'the nodes are under pressure',
      facts: given(sampleFacts, (facts) => {
        const taint = '0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.';
        homeless(facts, 'web-1', taint);
        homeless(facts, 'web-2', taint);
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'the pods have a node and wait for their containers',
      facts: given(sampleFacts, (facts) => {
        pending(facts, 'web-1', { reason: 'ContainerCreating' });
        pending(facts, 'web-2', { reason: 'ContainerCreating' });
        fail(facts.slices.targetHealth);
      }),
    },
    { name: 'healthy targets', facts: () => ({ ...sampleFacts(), takenAt }) },
  ],
});
