import { newNodeWindow } from '../../core/checks/node/new-node-window.ts';
import type { Facts } from '../../core/model/facts.ts';
import { addKubeProxy, stopKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, nodeName, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const joined = (facts: Facts, index: number, at: string) => {
  const node = facts.slices.nodes[index];
  if (node) node.metadata.creationTimestamp = at;
};
const young = given(sampleFacts, (facts) => {
  joined(facts, 2, '2026-11-20T11:56:40Z');
  fail(facts.slices.targetHealth, instanceId(2));
});

/** The sample's third node has no pod under Local and is old; the second one is new and fails with a ready pod. */
const local = given(
  () => sampleFacts({ policy: 'Local' }),
  (facts) => {
    joined(facts, 1, '2026-11-20T11:58:00Z');
    fail(facts.slices.targetHealth, instanceId(1));
  },
);

/** Every node fails; kube-proxy of the new one waits for this. */
const starting = (reason: string) =>
  given(young, (facts) => {
    fail(facts.slices.targetHealth);
    addKubeProxy(facts);
    stopKubeProxy(facts, 2, reason);
  });

testCheck(newNodeWindow, {
  found: [
    {
      name: 'the only failing node is three minutes old',
      facts: young,
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: `${nodeName(2)} joined 200 s ago`,
    },
    {
      name: 'it waits for its first checks',
      facts: given(young, ({ slices }) => {
        for (const each of slices.targetHealth) if (each.id === instanceId(2)) each.state = 'initial';
      }),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: 'joined 200 s ago',
    },
    {
      name: 'under Local its first pod is ready, and an older node has none',
      facts: local,
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: `${nodeName(1)} joined 120 s ago`,
    },
    {
      name: 'kube-proxy is being started on the new node, and the older ones fail for something else',
      facts: starting('ContainerCreating'),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: `${nodeName(2)} joined 200 s ago, and kube-proxy is being started there`,
    },
  ],
  ruledOut: [
    {
      name: 'kube-proxy cannot start on the new node, and the older ones fail too',
      facts: starting('ImagePullBackOff'),
    },
    {
      name: 'kube-proxy starts on every node',
      facts: given(starting('ContainerCreating'), (facts) => {
        for (const index of [0, 1]) stopKubeProxy(facts, index, 'ContainerCreating');
      }),
    },
    { name: 'a node of an hour', facts: given(young, (facts) => joined(facts, 2, '2026-11-20T11:00:00Z')) },
    { name: 'an older node fails too', facts: given(young, (facts) => fail(facts.slices.targetHealth, instanceId(1))) },
    {
      name: 'under Local an older node with a ready pod fails too',
      facts: given(local, ({ slices }) => {
        for (const { endpoints } of slices.endpointSlices) {
          for (const endpoint of endpoints) if (endpoint.nodeName === nodeName(1)) endpoint.nodeName = nodeName(2);
        }
      }),
    },
    {
      name: 'nobody is healthy, however young',
      facts: given(sampleFacts, (facts) => {
        for (const index of [0, 1, 2]) joined(facts, index, '2026-11-20T11:58:00Z');
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
