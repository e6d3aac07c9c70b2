import { etpLocalNoLocalPod } from '../../core/checks/traffic-policy/etp-local-no-local-pod.ts';
import { fail, instanceId, nodeName, probe, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = () => sampleFacts({ policy: 'Local' });

testCheck(etpLocalNoLocalPod, {
  found: [
    {
      name: 'the node without a pod',
      facts: local,
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: `no pod of web on ${nodeName(2)}; 2 ready on other targets`,
    },
    {
      name: 'kube-proxy says so too',
      facts: given(local, (facts) =>
        probe(facts, 'kube-proxy', { kind: 'http', status: 503 }, { only: instanceId(2) }),
      ),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'kube-proxy: HTTP 503',
    },
    {
      name: 'a health check of the NodePort, which drops packets where there is no pod',
      facts: given(local, ({ slices }) => {
        for (const group of slices.targetGroups)
          group.healthCheck = { ...group.healthCheck, protocol: 'TCP', port: 'traffic-port' };
        for (const target of slices.targetHealth) target.healthCheckPort = target.port;
      }),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: 'no pod of web',
    },
  ],
  ruledOut: [
    {
      name: 'a node whose pod is not ready',
      facts: given(local, (facts) => {
        unready(facts, 'web-1');
        for (const target of facts.slices.targetHealth)
          target.state = target.id === instanceId(0) ? 'unhealthy' : 'healthy';
      }),
    },
    {
      name: 'no endpoint anywhere',
      facts: given(local, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'a health check that the policy does not decide, as annotations may ask for it',
      facts: given(local, ({ slices }) => {
        for (const { healthCheck } of slices.targetGroups) healthCheck.port = '10256';
        for (const target of slices.targetHealth) target.healthCheckPort = 10256;
      }),
    },
    {
      name: 'a node whose kube-proxy does count a pod',
      facts: given(local, (facts) =>
        probe(facts, 'kube-proxy', { kind: 'http', status: 200 }, { only: instanceId(2) }),
      ),
    },
    { name: 'the Cluster policy', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
  ],
});
