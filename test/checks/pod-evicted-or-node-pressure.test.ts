import { podEvictedOrNodePressure } from '../../core/checks/workload/pod-evicted-or-node-pressure.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, nodeName, pending, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const end = (facts: Facts, name: string, reason = 'Evicted', at = '2026-11-20T11:50:00Z') => {
  const pod = unready(facts, name);
  pod.status.phase = 'Failed';
  pod.status.reason = reason;
  pod.status.message = 'The node was low on resource: ephemeral-storage. ';
  pod.status.podIPs = [];
  pod.status.containerStatuses = [];
  pod.status.conditions = [{ type: 'Ready', status: 'False', reason: 'PodFailed', lastTransitionTime: at }];
  for (const slice of facts.slices.endpointSlices) {
    slice.endpoints = slice.endpoints.filter(({ targetRef }) => targetRef?.name !== name);
  }
};
const press = (facts: Facts, index: number) => {
  facts.slices.nodes[index]?.status.conditions.push({ type: 'DiskPressure', status: 'True' });
};
const allEnded = (reason?: string, at?: string) =>
  given(sampleFacts, (facts) => {
    end(facts, 'web-1', reason, at);
    end(facts, 'web-2', reason, at);
    fail(facts.slices.targetHealth);
  });

testCheck(podEvictedOrNodePressure, {
  found: [
    {
      name: 'pods evicted ten minutes ago, the node is well again',
      facts: allEnded(),
      targets: [],
      confidence: 'probable',
      saw: 'shop/web-1 ended, Evicted: The node was low on resource: ephemeral-storage.',
    },
    {
      name: 'the nodes are still under pressure',
      facts: given(allEnded('Evicted', '2026-11-20T09:00:00Z'), (facts) => {
        press(facts, 0);
        press(facts, 1);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: `node ${nodeName(0)} has DiskPressure`,
    },
    {
      name: 'a node that shuts down',
      facts: allEnded('NodeShutdown'),
      targets: [],
      confidence: 'probable',
      saw: 'ended, NodeShutdown',
    },
    {
      name: 'successors that no node takes for its taint',
      facts: given(sampleFacts, (facts) => {
        press(facts, 0);
        for (const name of ['web-1', 'web-2']) {
          const pod = pending(facts, name);
          delete pod.spec.nodeName;
          const message =
            '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.';
          pod.status.conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
        }
        fail(facts.slices.targetHealth);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'has no node: 0/1 nodes are available',
    },
    {
      name: 'a pod that is not ready on a node under pressure, under Local',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          unready(facts, 'web-1');
          press(facts, 0);
          fail(facts.slices.targetHealth, instanceId(0));
        },
      ),
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: 'shop/web-1 is not ready; node',
    },
  ],
  ruledOut: [
    {
      name: 'pods that are not ready, of which only one is on a node under pressure',
      facts: given(sampleFacts, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
        press(facts, 0);
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'evicted pods whose successors run and are not ready for a reason of their own',
      facts: given(allEnded(), (facts) => {
        const successors = structuredClone(sampleFacts().slices.pods);
        for (const pod of successors) {
          pod.metadata.name += '-successor';
          pod.metadata.creationTimestamp = '2026-11-20T11:50:01Z';
          pod.status.conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
        }
        facts.slices.pods.push(...successors);
      }),
    },
    { name: 'leftovers of yesterday', facts: allEnded('Evicted', '2026-11-19T11:50:00Z') },
    { name: 'pods that ended for a reason of their own', facts: allEnded('DeadlineExceeded') },
    {
      name: 'an evicted pod beside one that serves',
      facts: given(sampleFacts, (facts) => {
        end(facts, 'web-1');
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'pods that are not ready on sound nodes',
      facts: given(sampleFacts, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
