import { nodeportRulesNotProgrammed } from '../../core/checks/node/nodeport-rules-not-programmed.ts';
import { addKubeProxy, healthz, stopKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, probe, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const refused = given(sampleFacts, (facts) => {
  addKubeProxy(facts);
  fail(facts.slices.targetHealth, instanceId(0));
  probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(0) });
});
const stuck = given(refused, (facts) => healthz(facts, 0, 503));

testCheck(nodeportRulesNotProgrammed, {
  found: [
    {
      name: 'kube-proxy answers 503',
      facts: stuck,
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: '2 other nodes serve it; kube-proxy on port 10256: HTTP 503',
    },
    {
      name: 'kube-proxy dates its last sync long ago',
      facts: given(refused, (facts) =>
        healthz(
          facts,
          0,
          200,
          '{"lastUpdated": "2026-11-20 11:40:00.1 +0000 UTC m=+12.3","currentTime": "2026-11-20 12:00:00.1 +0000 UTC m=+1212.3"}',
        ),
      ),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'last sync 1200 s before',
    },
    {
      name: 'kube-proxy was not asked',
      facts: refused,
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: 'NodePort 31080 refuses connections',
    },
  ],
  ruledOut: [
    {
      name: 'every node refuses',
      facts: given(stuck, (facts) => {
        fail(facts.slices.targetHealth);
        for (const only of [instanceId(1), instanceId(2)]) probe(facts, 'health-check', { kind: 'refused' }, { only });
      }),
    },
    {
      name: 'no endpoint is ready',
      facts: given(stuck, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
      }),
    },
    { name: 'kube-proxy does not run', facts: given(stuck, (facts) => stopKubeProxy(facts, 0)) },
    { name: 'kube-proxy is up to date', facts: given(refused, (facts) => healthz(facts, 0, 200)) },
    {
      name: 'kube-proxy is up to date and tells when each family had its last change',
      facts: given(refused, (facts) =>
        healthz(
          facts,
          0,
          200,
          '{"lastUpdated":"2026-11-20T12:00:00.1Z","currentTime":"2026-11-20T12:00:00.1Z","nodeEligible":true,"healthy":true,"status":{"IPv4":{"lastUpdated":"2026-11-20T11:20:00.4Z","healthy":true}}}',
        ),
      ),
    },
    {
      name: 'packets are dropped',
      facts: given(stuck, ({ slices }) => {
        for (const each of slices.probes)
          if (each.purpose === 'health-check') each.outcome = { kind: 'timeout', phase: 'connect' };
      }),
    },
    {
      name: 'the node joined a minute ago',
      facts: given(stuck, ({ slices }) => {
        for (const { metadata } of slices.nodes) metadata.creationTimestamp = '2026-11-20T11:59:00Z';
      }),
    },
  ],
});
