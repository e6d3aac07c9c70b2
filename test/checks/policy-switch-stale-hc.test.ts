import { policySwitchStaleHc } from '../../core/checks/configuration/policy-switch-stale-hc.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { annotateHealthCheck, changeHealthCheck } from './http-check.ts';

/** The Service is Cluster by now, and the target group asks the healthCheckNodePort of before. */
const nowCluster = (outcome: ProbeOutcome | undefined, change: (facts: Facts) => void = () => undefined) =>
  given(
    () => sampleFacts({ policy: 'Local' }),
    (facts) => {
      for (const { spec } of facts.slices.services) {
        spec.externalTrafficPolicy = 'Cluster';
        delete spec.healthCheckNodePort;
      }
      fail(facts.slices.targetHealth);
      if (outcome) probe(facts, 'health-check', outcome, { protocol: 'HTTP', path: '/healthz' });
      change(facts);
    },
  );
/** The Service is Local by now, and the target group connects to the NodePort as before. */
const nowLocal = (change: (facts: Facts) => void = () => undefined) =>
  given(sampleFacts, (facts) => {
    for (const { spec } of facts.slices.services)
      Object.assign(spec, { externalTrafficPolicy: 'Local', healthCheckNodePort: 32080 });
    change(facts);
  });
const nodes = [0, 1, 2].map(instanceId);

testCheck(policySwitchStaleHc, {
  found: [
    {
      name: 'the health check of Local under Cluster, at a port that refuses',
      facts: nowCluster({ kind: 'refused' }),
      targets: nodes,
      confidence: 'confirmed',
      saw: /externalTrafficPolicy Cluster, and HTTP \/healthz on port 32080.*connection refused/,
    },
    {
      name: 'the same by configuration alone',
      facts: nowCluster(undefined),
      targets: nodes,
      confidence: 'probable',
      saw: 'externalTrafficPolicy Cluster',
    },
    {
      name: 'the health check of Cluster under Local, as a risk of a healthy group',
      facts: nowLocal(),
      targets: [],
      confidence: 'probable',
      saw: 'externalTrafficPolicy Local, and TCP connect to the traffic port',
    },
    {
      name: 'the same of EKS Auto Mode, whose default under Local is not documented',
      facts: nowLocal((facts) => {
        for (const owner of facts.owners) owner.controller = 'eks-auto-mode';
      }),
      targets: [],
      confidence: 'possible',
      saw: 'externalTrafficPolicy Local, and TCP connect to the traffic port',
    },
  ],
  ruledOut: [
    {
      name: 'the shared probe mode of cloud-provider-aws',
      facts: nowCluster({ kind: 'refused' }, (facts) => changeHealthCheck(facts, { port: '10256' })),
    },
    {
      name: 'a health check that annotations ask for',
      facts: nowCluster({ kind: 'refused' }, (facts) => annotateHealthCheck(facts, { port: '32080' })),
    },
    { name: 'something that answers there', facts: nowCluster({ kind: 'http', status: 200 }) },
    {
      name: 'a NodePort of the Service',
      facts: nowCluster({ kind: 'refused' }, (facts) => changeHealthCheck(facts, { port: '31080' })),
    },
    {
      name: 'nodes that fail a TCP check of the NodePort under Local, as the policy wants it',
      facts: nowLocal((facts) => fail(facts.slices.targetHealth, instanceId(2))),
    },
    { name: 'the default under Local', facts: () => sampleFacts({ policy: 'Local' }) },
    { name: 'ip targets', facts: () => sampleFacts({ targetType: 'ip' }) },
  ],
});
