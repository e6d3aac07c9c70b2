import { healthchecknodeportNotListening } from '../../core/checks/node/healthchecknodeport-not-listening.ts';
import { addKubeProxy, stopKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { event, fail, instanceId, nodeName, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const refused = given(
  () => sampleFacts({ policy: 'Local' }),
  (facts) => {
    addKubeProxy(facts);
    fail(facts.slices.targetHealth);
    probe(facts, 'kube-proxy', { kind: 'refused' }, { only: instanceId(0) });
    probe(facts, 'kube-proxy', { kind: 'http', status: 503 }, { only: instanceId(1) });
  },
);

testCheck(healthchecknodeportNotListening, {
  found: [
    {
      name: 'the port refuses, and kube-proxy has said why',
      facts: given(refused, ({ slices }) => {
        for (const index of [1, 0]) {
          slices.events.push({
            namespace: 'shop',
            regarding: { kind: 'Service', name: 'web', namespace: 'shop' },
            type: 'Warning',
            reason: 'FailedToStartServiceHealthcheck',
            note: `node ${nodeName(index)} failed to start healthcheck "shop/web" on port 32080: address already in use`,
            count: 1,
            firstSeen: '2026-11-20T11:30:00Z',
            lastSeen: '2026-11-20T11:30:00Z',
          });
        }
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: `event FailedToStartServiceHealthcheck: node ${nodeName(0)}`,
    },
    {
      name: 'the port refuses, and the event is about another node',
      facts: given(refused, ({ slices }) => {
        slices.events.push(
          event(
            'Service',
            'web',
            'FailedToStartServiceHealthcheck',
            `node ${nodeName(1)} failed to start healthcheck "shop/web" on port 32080: address already in use`,
          ),
        );
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: /kube-proxy is ready on ip-10-0-0-10[^;]*$/,
    },
    {
      name: 'the port refuses, and the event has expired',
      facts: refused,
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'port 32080 refuses connections while kube-proxy is ready',
    },
  ],
  ruledOut: [
    { name: 'kube-proxy does not run on that node', facts: given(refused, (facts) => stopKubeProxy(facts, 0)) },
    {
      name: 'a Service made seconds ago',
      facts: given(refused, ({ slices }) => {
        for (const { metadata } of slices.services) metadata.creationTimestamp = '2026-11-20T11:59:40Z';
      }),
    },
    {
      name: 'packets that get no answer',
      facts: given(refused, ({ slices }) => {
        for (const each of slices.probes) each.outcome = { kind: 'timeout', phase: 'connect' };
      }),
    },
    {
      name: 'the Cluster policy',
      facts: given(refused, ({ slices }) => {
        for (const { spec } of slices.services) spec.externalTrafficPolicy = 'Cluster';
      }),
    },
  ],
});
