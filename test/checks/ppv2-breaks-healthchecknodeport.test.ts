import { ppv2BreaksHealthchecknodeport } from '../../core/checks/configuration/ppv2-breaks-healthchecknodeport.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { changeHealthCheck } from './http-check.ts';

const local = (change: (facts: Facts) => void) =>
  given(
    () => sampleFacts({ policy: 'Local' }),
    (facts) => {
      for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'true';
      fail(facts.slices.targetHealth);
      change(facts);
    },
  );
const nodes = [0, 1, 2].map(instanceId);

testCheck(ppv2BreaksHealthchecknodeport, {
  found: [
    {
      name: '200 without the header and 400 behind it',
      facts: local((facts) => {
        probe(facts, 'health-check', { kind: 'http', status: 400 }, { proxyProtocol: true });
        probe(facts, 'kube-proxy', { kind: 'http', status: 200 }, { path: '/healthz' });
      }),
      targets: nodes,
      confidence: 'confirmed',
      saw: /healthCheckNodePort 32080; .*HTTP 200, behind a header: HTTP 400/,
    },
    {
      name: 'by configuration alone, where nothing was probed',
      facts: local(() => undefined),
      targets: nodes,
      confidence: 'probable',
      saw: 'proxy_protocol_v2.enabled',
    },
    {
      name: 'a node whose kube-proxy has no endpoint either',
      facts: local((facts) => {
        probe(facts, 'health-check', { kind: 'http', status: 400 }, { proxyProtocol: true });
        probe(facts, 'kube-proxy', { kind: 'http', status: 503 }, { path: '/healthz' });
      }),
      targets: nodes,
      confidence: 'probable',
      saw: 'HTTP 503',
    },
  ],
  ruledOut: [
    {
      name: 'Proxy Protocol off',
      facts: local((facts) => {
        for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'false';
      }),
    },
    { name: 'a TCP check of the port', facts: local((facts) => changeHealthCheck(facts, { protocol: 'TCP' })) },
    {
      name: 'a proxy replacement that reads the header',
      facts: local((facts) => probe(facts, 'health-check', { kind: 'http', status: 200 }, { proxyProtocol: true })),
    },
    {
      name: 'a check of an application port',
      facts: local((facts) => {
        for (const each of facts.slices.targetHealth) each.healthCheckPort = 31080;
      }),
    },
    {
      name: 'the policy Cluster, where no kube-proxy answers',
      facts: local((facts) => {
        for (const { spec } of facts.slices.services) spec.externalTrafficPolicy = 'Cluster';
      }),
    },
  ],
});
