import { noEndpointBehindHealthyTargets } from '../../core/checks/traffic-policy/no-endpoint-behind-healthy-targets.ts';
import type { Facts } from '../../core/model/facts.ts';
import { event, sampleFacts, takenAt, unready } from '../core/sample-facts.ts';
import { testCheck } from './check-tester.ts';

/** Healthy nodes whose health check goes to a port that knows nothing of pods. */
const checkedAt =
  (healthCheckPort: number, change: (facts: Facts) => void = () => {}, policy: 'Cluster' | 'Local' = 'Cluster') =>
  (): Facts => {
    const facts = sampleFacts({ policy });
    for (const target of facts.slices.targetHealth) Object.assign(target, { healthCheckPort, state: 'healthy' });
    change(facts);
    return facts;
  };

const noneReady = (facts: Facts): void => {
  for (const name of ['web-1', 'web-2']) unready(facts, name);
};
const gone = ({ slices }: Facts): void => {
  Object.assign(slices, { pods: [], endpointSlices: [] });
  for (const workload of slices.workloads) workload.spec.replicas = 0;
};

testCheck(noEndpointBehindHealthyTargets, {
  found: [
    {
      name: 'no pod is ready',
      facts: checkedAt(10_256, noneReady),
      targets: [],
      confidence: 'confirmed',
      saw: /Service web has 2 endpoints, none of them ready; the health check of port 10256 passes on 3 nodes/,
    },
    {
      name: 'there is no pod',
      facts: checkedAt(10_256, gone),
      targets: [],
      confidence: 'confirmed',
      saw: /Service web has no endpoint;/,
    },
    {
      name: 'a scaler has scaled to zero on purpose',
      facts: checkedAt(10_256, (facts) => {
        gone(facts);
        for (const { metadata } of facts.slices.workloads) metadata.annotations['downscaler/original-replicas'] = '2';
      }),
      targets: [],
      confidence: 'probable',
      saw: /scaled to zero by kube-downscaler/,
    },
    {
      name: 'KEDA has, by its event',
      facts: checkedAt(10_256, (facts) => {
        gone(facts);
        const note = 'Deactivated apps/v1.Deployment shop/web from 2 to 0';
        facts.slices.events.push(event('ScaledObject', 'web', 'KEDAScaleTargetDeactivated', note));
      }),
      targets: [],
      confidence: 'probable',
      saw: /KEDA: Deactivated/,
    },
    {
      name: 'all pods are new',
      facts: checkedAt(10_256, (facts) => {
        noneReady(facts);
        for (const { metadata } of facts.slices.pods) metadata.creationTimestamp = takenAt;
      }),
      targets: [],
      confidence: 'probable',
      saw: /none of them ready/,
    },
    {
      name: 'a node without a pod under Local',
      facts: checkedAt(10_256, () => {}, 'Local'),
      targets: ['i-0aaaaaaaaaaaaaa02'],
      confidence: 'confirmed',
      saw: /no ready endpoint on ip-10-0-2-10/,
    },
  ],
  ruledOut: [
    { name: 'ready pods behind port 10256', facts: checkedAt(10_256) },
    { name: 'a health check of the NodePort', facts: checkedAt(31_080, noneReady) },
    { name: 'a health check of the healthCheckNodePort', facts: checkedAt(32_080, noneReady, 'Local') },
    {
      name: 'endpoints that terminate and still serve',
      facts: checkedAt(10_256, ({ slices }) => {
        for (const { endpoints } of slices.endpointSlices)
          for (const { conditions } of endpoints) Object.assign(conditions, { ready: false, terminating: true });
      }),
    },
    {
      name: 'targets that fail',
      facts: checkedAt(10_256, (facts) => {
        noneReady(facts);
        for (const target of facts.slices.targetHealth) target.state = 'unhealthy';
      }),
    },
    {
      name: 'a listener of weight 0',
      facts: checkedAt(10_256, (facts) => {
        noneReady(facts);
        for (const listener of facts.slices.listeners)
          listener.forwards = listener.forwards.map((forward) => ({ ...forward, weight: 0 }));
      }),
    },
    { name: 'ip targets', facts: () => sampleFacts({ targetType: 'ip' }) },
  ],
});
