import { staleTargetsNotDeregistered } from '../../core/checks/registration/stale-targets-not-deregistered.ts';
import type { Facts } from '../../core/model/facts.ts';
import { binding } from '../core/sample-binding.ts';
import { endedJob, fail, instanceId, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ip = () => sampleFacts({ targetType: 'ip' });
const gone = given(ip, ({ slices }) => {
  slices.targetHealth.push(target({ id: '10.0.2.77', state: 'unhealthy', reason: 'Target.FailedHealthChecks' }));
});
/** The target group takes targets of several clusters. */
const shared = ({ slices }: Facts) => {
  const own = binding([8080]);
  slices.targetGroupBindings.push({ ...own, spec: { ...own.spec, multiClusterTargetGroup: true } });
};

testCheck(staleTargetsNotDeregistered, {
  found: [
    {
      name: 'an address that no pod has',
      facts: gone,
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: '10.0.2.77 is the address of no pod of the Service',
    },
    {
      name: 'an address that another workload has by now',
      facts: given(gone, ({ slices }) => {
        const [pod] = structuredClone(slices.pods);
        if (pod === undefined) throw new Error('no pod');
        slices.pods.push({
          ...pod,
          metadata: { ...pod.metadata, name: 'other-1', labels: { app: 'other' } },
          status: { ...pod.status, podIPs: ['10.0.2.77'] },
        });
      }),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'shop/other-1 has it now',
    },
    {
      name: 'an address that a job had until it ended',
      facts: given(gone, (facts) => {
        endedJob(facts, '10.0.2.77');
      }),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: /no pod of the Service$/,
    },
    {
      name: 'an address that an evicted pod of the Service shows and another workload has by now',
      facts: given(gone, ({ slices }) => {
        const [evicted, other] = structuredClone(slices.pods);
        if (evicted === undefined || other === undefined) throw new Error('no pod');
        Object.assign(evicted.metadata, { name: 'web-0' });
        Object.assign(evicted.status, { phase: 'Failed', reason: 'Evicted', podIPs: ['10.0.2.77'] });
        Object.assign(other.metadata, { name: 'other-1', labels: { app: 'other' } });
        other.status.podIPs = ['10.0.2.77'];
        slices.pods.push(evicted, other);
      }),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'shop/other-1 has it now',
    },
    {
      name: 'an instance that is gone, in a target group of several clusters',
      facts: given(sampleFacts, (facts) => {
        shared(facts);
        facts.slices.nodes = facts.slices.nodes.slice(0, 2);
        facts.slices.instances = facts.slices.instances.slice(0, 2);
        fail(facts.slices.targetHealth, instanceId(2));
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'EC2 no longer lists it',
    },
    {
      name: 'an instance that is gone from the cluster and from EC2',
      facts: given(sampleFacts, ({ slices }) => {
        slices.nodes = slices.nodes.slice(0, 2);
        slices.instances = slices.instances.slice(0, 2);
        fail(slices.targetHealth, instanceId(2));
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: 'EC2 no longer lists it',
    },
  ],
  ruledOut: [
    {
      name: 'a target on its way out',
      facts: given(ip, ({ slices }) => {
        slices.targetHealth.push(
          target({ id: '10.0.2.77', state: 'draining', reason: 'Target.DeregistrationInProgress' }),
        );
      }),
    },
    {
      name: 'an address of another cluster in a target group of several clusters',
      facts: given(gone, shared),
    },
    {
      name: 'a node of another cluster in a target group of several clusters',
      facts: given(sampleFacts, (facts) => {
        shared(facts);
        facts.slices.nodes = facts.slices.nodes.slice(0, 2);
        fail(facts.slices.targetHealth, instanceId(2));
      }),
    },
    {
      name: 'a pod of the Service that has just been evicted',
      facts: given(gone, ({ slices }) => {
        const [evicted] = structuredClone(slices.pods);
        if (evicted === undefined) throw new Error('no pod');
        Object.assign(evicted.metadata, { name: 'web-0' });
        Object.assign(evicted.status, { phase: 'Failed', reason: 'Evicted', podIPs: ['10.0.2.77'] });
        slices.pods.push(evicted);
      }),
    },
    { name: 'pods that fail', facts: given(ip, ({ slices }) => fail(slices.targetHealth)) },
    {
      name: 'a Service that takes its endpoints from elsewhere',
      facts: given(gone, ({ slices }) => {
        for (const { spec } of slices.services) spec.selector = {};
      }),
    },
  ],
});
