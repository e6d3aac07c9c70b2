import { etpLocalOnlyTerminatingEndpoints } from '../../core/checks/traffic-policy/etp-local-only-terminating-endpoints.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const leave = (facts: Facts, name: string, until: string, serving = true) => {
  for (const pod of facts.slices.pods) if (pod.metadata.name === name) pod.metadata.deletionTimestamp = until;
  for (const endpoint of facts.slices.endpointSlices.flatMap(({ endpoints }) => endpoints)) {
    if (endpoint.targetRef?.name === name) endpoint.conditions = { ready: false, serving, terminating: true };
  }
};
const leaving = (until = '2026-11-20T12:01:00Z', serving = true) =>
  given(
    () => sampleFacts({ policy: 'Local' }),
    (facts) => {
      leave(facts, 'web-1', until, serving);
      fail(facts.slices.targetHealth, instanceId(0));
    },
  );

testCheck(etpLocalOnlyTerminatingEndpoints, {
  found: [
    {
      name: 'the last pod of the node has a minute left',
      facts: leaving(),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'only web-1 is left, terminating with 60 s of its grace period left',
    },
    {
      name: 'kube-proxy says so too',
      facts: given(leaving(), (facts) =>
        probe(facts, 'kube-proxy', { kind: 'http', status: 503 }, { only: instanceId(0) }),
      ),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'kube-proxy: HTTP 503',
    },
    {
      name: 'a pod whose grace period has just ended, while the load balancer takes notice',
      facts: leaving('2026-11-20T11:59:50Z'),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'only web-1 is left, terminating with 0 s of its grace period left',
    },
    {
      name: 'no other node has a pod either',
      facts: given(leaving(), (facts) => {
        leave(facts, 'web-2', '2026-11-20T12:01:00Z');
        fail(facts.slices.targetHealth);
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: 'web-2',
    },
  ],
  ruledOut: [
    { name: 'a pod that should have been gone for ten minutes', facts: leaving('2026-11-20T11:50:00Z') },
    { name: 'a pod that no longer serves', facts: leaving('2026-11-20T12:01:00Z', false) },
    { name: 'a node without a pod', facts: () => sampleFacts({ policy: 'Local' }) },
    {
      name: 'a successor on the same node is ready',
      facts: given(leaving(), ({ slices }) => {
        const endpoints = slices.endpointSlices.flatMap((slice) => slice.endpoints);
        const [first] = structuredClone(endpoints);
        slices.endpointSlices[0]?.endpoints.push({
          addresses: ['10.0.0.101'],
          conditions: { ready: true },
          ...(first?.nodeName !== undefined && { nodeName: first.nodeName }),
        });
      }),
    },
  ],
});
