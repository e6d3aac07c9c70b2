import { kubeProxyReportsUnhealthy } from '../../core/checks/node/kube-proxy-reports-unhealthy.ts';
import type { Facts } from '../../core/model/facts.ts';
import { addKubeProxy, healthz } from '../core/kubernetes/kube-proxy-facts.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = given(
  () => sampleFacts({ policy: 'Local' }),
  (facts) => {
    addKubeProxy(facts);
    fail(facts.slices.targetHealth, instanceId(0));
  },
);
const says = (facts: Facts, body: object) =>
  probe(
    facts,
    'kube-proxy',
    { kind: 'http', status: 503, body: JSON.stringify({ service: { namespace: 'shop', name: 'web' }, ...body }) },
    { only: instanceId(0) },
  );
const onHealthz = given(sampleFacts, ({ slices }) => {
  for (const group of slices.targetGroups) Object.assign(group.healthCheck, { protocol: 'HTTP', port: '10256' });
  for (const each of slices.targetHealth) each.healthCheckPort = 10256;
  fail(slices.targetHealth, instanceId(0));
});

testCheck(kubeProxyReportsUnhealthy, {
  found: [
    {
      name: 'it counts an endpoint and calls itself unhealthy',
      facts: given(local, (facts) => says(facts, { localEndpoints: 1, serviceProxyHealthy: false })),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'counts 1 local endpoint and answers HTTP 503 with serviceProxyHealthy false',
    },
    {
      name: 'it calls itself unhealthy and has not heard of the pod on its node',
      facts: given(local, (facts) => says(facts, { localEndpoints: 0, serviceProxyHealthy: false })),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'counts 0 local endpoints and answers HTTP 503 with serviceProxyHealthy false',
    },
    {
      name: 'an older one that has not heard of the pod on its node, with 503 on its own port',
      facts: given(local, (facts) => {
        says(facts, { localEndpoints: 0 });
        healthz(facts, 0, 503);
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'port 10256: HTTP 503',
    },
    {
      name: 'an older one whose answer does not say so, with 503 on its own port',
      facts: given(local, (facts) => {
        says(facts, { localEndpoints: 2 });
        healthz(facts, 0, 503);
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'port 10256: HTTP 503',
    },
    {
      name: 'an older one whose own port was not asked',
      facts: given(local, (facts) => says(facts, { localEndpoints: 2 })),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'counts 2 local endpoints',
    },
    {
      name: 'a health check on port 10256',
      facts: given(onHealthz, (facts) => healthz(facts, 0, 503)),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'HTTP 503 on port 10256',
    },
    {
      name: 'a health check on port 10256 that is all that was sent',
      facts: given(onHealthz, (facts) => probe(facts, 'health-check', { kind: 'http', status: 503 })),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'HTTP 503 on port 10256',
    },
  ],
  ruledOut: [
    {
      name: 'a node of which only kube-proxy knows so far that it is about to go',
      facts: given(onHealthz, (facts) => healthz(facts, 0, 503, '{"nodeEligible":false,"healthy":true}')),
    },
    {
      name: 'an answer of the application, not of kube-proxy',
      facts: given(local, (facts) => probe(facts, 'kube-proxy', { kind: 'http', status: 503, body: 'busy' })),
    },
    {
      name: 'it knows of no endpoint on its node',
      facts: given(local, (facts) => says(facts, { localEndpoints: 0, serviceProxyHealthy: true })),
    },
    {
      name: 'a node that the autoscaler removes, asked on port 10256',
      facts: given(onHealthz, (facts) => {
        healthz(facts, 0, 503);
        for (const { spec } of facts.slices.nodes)
          spec.taints = [{ key: 'ToBeDeletedByClusterAutoscaler', value: '1795175400', effect: 'NoSchedule' }];
      }),
    },
    { name: 'port 10256 answers 200', facts: given(onHealthz, (facts) => healthz(facts, 0, 200)) },
  ],
});
