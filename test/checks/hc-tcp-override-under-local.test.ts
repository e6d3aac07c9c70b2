import { hcTcpOverrideUnderLocal } from '../../core/checks/configuration/hc-tcp-override-under-local.ts';
import type { Facts } from '../../core/model/facts.ts';
import { instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { changeHealthCheck } from './http-check.ts';

/** All nodes are called healthy; the third has no pod. */
const tcpUnderLocal = (change: (facts: Facts) => void = () => undefined) =>
  given(
    () => sampleFacts({ policy: 'Local' }),
    (facts) => {
      changeHealthCheck(facts, { protocol: 'TCP' });
      for (const each of facts.slices.targetHealth) {
        each.state = 'healthy';
        delete each.reason;
      }
      change(facts);
    },
  );

testCheck(hcTcpOverrideUnderLocal, {
  found: [
    {
      name: 'a node without a pod that is called healthy',
      facts: tcpUnderLocal(),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'healthy, with no ready endpoint on ip-10-0-2-10.eu-west-1.compute.internal',
    },
    {
      name: 'nodes that all have a pod, for now',
      facts: tcpUnderLocal((facts) => {
        facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id !== instanceId(2));
      }),
      targets: [],
      confidence: 'probable',
      saw: 'TCP on healthCheckNodePort 32080',
    },
    {
      name: 'a node whose only pod is leaving, to which kube-proxy still sends',
      facts: tcpUnderLocal((facts) => {
        facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id !== instanceId(2));
        for (const { endpoints } of facts.slices.endpointSlices) {
          for (const each of endpoints.slice(0, 1))
            each.conditions = { ready: false, serving: true, terminating: true };
        }
      }),
      targets: [],
      confidence: 'probable',
      saw: 'every node has an endpoint that serves now',
    },
  ],
  ruledOut: [
    {
      name: 'HTTP on the healthCheckNodePort',
      facts: given(sampleFacts, (facts) => changeHealthCheck(facts, { protocol: 'HTTP' })),
    },
    {
      name: 'TCP on the NodePort, which kube-proxy drops where no pod is',
      facts: tcpUnderLocal((facts) => {
        for (const each of facts.slices.targetHealth) each.healthCheckPort = 31080;
      }),
    },
    {
      name: 'the policy Cluster',
      facts: tcpUnderLocal((facts) => {
        for (const { spec } of facts.slices.services) spec.externalTrafficPolicy = 'Cluster';
      }),
    },
    {
      name: 'ip targets, for which the policy means nothing',
      facts: given(
        () => sampleFacts({ targetType: 'ip', policy: 'Local' }),
        (facts) => changeHealthCheck(facts, { protocol: 'TCP' }),
      ),
    },
  ],
});
