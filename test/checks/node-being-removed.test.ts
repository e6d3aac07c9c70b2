import { nodeBeingRemoved } from '../../core/checks/registration/node-being-removed.ts';
import type { Node } from '../../core/model/kubernetes.ts';
import { fail, instanceId, sampleFacts, takenAt } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const leaving = (change: (node: Node) => void) =>
  given(sampleFacts, ({ slices }) => {
    fail(slices.targetHealth, instanceId(1));
    const node = slices.nodes[1];
    if (node) change(node);
  });
const secondsAgo = (seconds: number) => String(Date.parse(takenAt) / 1000 - seconds);
const tainted = (seconds: number) =>
  leaving(({ spec }) => {
    spec.taints = [{ key: 'ToBeDeletedByClusterAutoscaler', value: secondsAgo(seconds), effect: 'NoSchedule' }];
  });

testCheck(nodeBeingRemoved, {
  found: [
    {
      name: 'the taint of the Cluster Autoscaler',
      facts: tainted(240),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'taint ToBeDeletedByClusterAutoscaler, since 4 min',
    },
    {
      name: 'the taint of Karpenter',
      facts: leaving(({ spec }) => {
        spec.taints = [{ key: 'karpenter.sh/disrupted', effect: 'NoSchedule' }];
      }),
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: 'taint karpenter.sh/disrupted',
    },
    {
      name: 'a Node object that is being deleted',
      facts: leaving(({ metadata }) => {
        metadata.deletionTimestamp = '2026-11-20T11:58:00Z';
      }),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'being deleted, since 2 min',
    },
    {
      name: 'an instance that shuts down',
      facts: given(
        leaving(() => {}),
        ({ slices }) => {
          for (const instance of slices.instances)
            instance.state = instance.id === instanceId(1) ? 'shutting-down' : 'running';
        },
      ),
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: 'is shutting down',
    },
  ],
  ruledOut: [
    { name: 'a node that has been leaving for an hour', facts: tainted(3600) },
    {
      name: 'a cordoned node',
      facts: leaving(({ spec }) => {
        spec.unschedulable = true;
        spec.taints = [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }];
      }),
    },
    {
      name: 'another node leaves',
      facts: given(tainted(60), ({ slices }) => {
        for (const each of slices.targetHealth) each.state = each.id === instanceId(0) ? 'unhealthy' : 'healthy';
      }),
    },
  ],
});
