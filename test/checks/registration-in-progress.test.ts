import { registrationInProgress } from '../../core/checks/registration/registration-in-progress.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Pod } from '../../core/model/kubernetes.ts';
import { binding } from '../core/sample-binding.ts';
import { endedJob, fail, instanceId, nodeName, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { ownedBy, say } from './controller-case.ts';

const born = (creationTimestamp: string) =>
  given(
    () => sampleFacts({ targetType: 'ip' }),
    ({ slices }) => {
      slices.targetHealth.push(target({ id: '10.0.2.100', state: 'initial', reason: 'Elb.RegistrationInProgress' }));
      const [pod] = structuredClone(slices.pods);
      if (pod === undefined) throw new Error('no pod');
      slices.pods.push({
        ...pod,
        metadata: { ...pod.metadata, name: 'web-3', creationTimestamp },
        status: { ...pod.status, podIPs: ['10.0.2.100'] },
      });
    },
  );

/** An hour old, and ready again since a minute ago. */
const recovered = (change: (pod: Pod) => void = () => {}) =>
  given(born('2026-11-20T11:00:00Z'), ({ slices }) => {
    const pod = slices.pods.find(({ metadata }) => metadata.name === 'web-3');
    if (pod === undefined) throw new Error('no pod');
    pod.status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-20T11:59:00Z' }];
    change(pod);
  });

/** One of the nodes, all of them old, waits for its first checks. */
const waiting = given(sampleFacts, ({ slices }) => {
  for (const each of slices.targetHealth.filter(({ id }) => id === instanceId(2))) {
    Object.assign(each, { state: 'initial', reason: 'Elb.RegistrationInProgress' });
  }
});
const unowned = (make: () => Facts) =>
  given(make, (facts) => {
    facts.owners = [];
    facts.slices.nodes = [];
  });

testCheck(registrationInProgress, {
  found: [
    {
      name: 'a pod made two minutes ago',
      facts: born('2026-11-20T11:58:00Z'),
      targets: ['10.0.2.100'],
      confidence: 'confirmed',
      saw: 'Elb.RegistrationInProgress, 120 s after shop/web-3 was made',
    },
    {
      name: 'a pod made two minutes ago, with the address that a job had before',
      facts: given(born('2026-11-20T11:58:00Z'), (facts) => {
        endedJob(facts, '10.0.2.100');
      }),
      targets: ['10.0.2.100'],
      confidence: 'confirmed',
      saw: '120 s after shop/web-3 was made',
    },
    {
      name: 'a pod made two minutes ago on the host network, beside a DaemonSet',
      facts: given(born('2026-11-20T11:58:00Z'), ({ slices }) => {
        const [old] = structuredClone(slices.pods);
        if (old === undefined) throw new Error('no pod');
        old.metadata = { ...old.metadata, name: 'agent-k4d8w', labels: { app: 'agent' } };
        old.status.podIPs = ['10.0.2.100'];
        slices.pods.unshift(old);
        for (const { spec, status } of slices.pods) {
          if (status.podIPs.includes('10.0.2.100')) spec.hostNetwork = true;
        }
      }),
      targets: ['10.0.2.100'],
      confidence: 'confirmed',
      saw: '120 s after shop/web-3 was made',
    },
    {
      name: 'a pod that has recovered is registered anew',
      facts: recovered(),
      targets: ['10.0.2.100'],
      confidence: 'confirmed',
      saw: '60 s after shop/web-3 became ready',
    },
    {
      name: 'a pod that is not Ready before its readiness gate has seen it healthy',
      facts: recovered((pod) => {
        pod.status.conditions = [
          { type: 'ContainersReady', status: 'True', lastTransitionTime: '2026-11-20T11:58:30Z' },
          { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
        ];
      }),
      targets: ['10.0.2.100'],
      confidence: 'confirmed',
      saw: '90 s after shop/web-3 became ready',
    },
    {
      name: 'a node that was away for a while',
      facts: given(waiting, ({ slices }) => {
        for (const { status } of slices.nodes.filter(({ metadata }) => metadata.name === nodeName(2))) {
          status.conditions = [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-11-20T11:58:00Z' }];
        }
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: `120 s after ${nodeName(2)} became ready`,
    },
    {
      name: 'cloud-provider-aws has made the target group anew for another interval',
      facts: given(ownedBy(waiting, 'cloud-provider-aws'), (facts) => {
        say(facts, { reason: 'EnsuredLoadBalancer', note: 'Ensured load balancer', lastSeen: '2026-11-20T11:58:00Z' });
      }),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: '120 s after event EnsuredLoadBalancer',
    },
    {
      name: 'a target that another cluster registers with the shared group, which says nothing of when',
      facts: given(waiting, ({ slices }) => {
        const own = binding([8080]);
        slices.targetGroupBindings.push({ ...own, spec: { ...own.spec, multiClusterTargetGroup: true } });
        slices.nodes = slices.nodes.filter(({ metadata }) => metadata.name !== nodeName(2));
      }),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: 'Elb.',
    },
    {
      name: 'an instance that no cluster knows was launched two minutes ago',
      facts: given(unowned(waiting), ({ slices }) => {
        for (const each of slices.instances) if (each.id === instanceId(2)) each.launchedAt = '2026-11-20T11:58:00Z';
      }),
      targets: [instanceId(2)],
      confidence: 'confirmed',
      saw: `120 s after ${instanceId(2)} was launched`,
    },
  ],
  ruledOut: [
    { name: 'a pod made an hour ago', facts: born('2026-11-20T11:00:00Z') },
    {
      name: 'a pod that crashes again and again, and is ready in between',
      facts: recovered((pod) => {
        for (const status of pod.status.containerStatuses) {
          status.restartCount = 5;
          status.lastState = { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-11-20T11:57:00Z' } };
        }
      }),
    },
    { name: 'old nodes, of which nobody tells anything new', facts: waiting },
    {
      name: 'the last success of the controller was long ago',
      facts: given(waiting, (facts) =>
        say(facts, {
          reason: 'SuccessfullyReconciled',
          note: 'Successfully reconciled',
          lastSeen: '2026-11-20T11:20:00Z',
        }),
      ),
    },
    { name: 'nodes that are unhealthy already', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
    { name: 'targets that have their verdict', facts: () => sampleFacts({ targetType: 'ip' }) },
  ],
});
