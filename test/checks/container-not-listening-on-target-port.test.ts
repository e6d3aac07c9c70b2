import { containerNotListeningOnTargetPort } from '../../core/checks/answer/container-not-listening-on-target-port.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, probePod, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ip = () => sampleFacts({ targetType: 'ip' });
const deaf = (facts: Facts) => {
  fail(facts.slices.targetHealth);
  for (const address of ['10.0.0.100', '10.0.1.100']) probePod(facts, address, 8080, { kind: 'refused' });
};

/** One pod serves; the other one refuses, with these labels and this ReplicaSet. */
const beside = (facts: Facts, labels: Record<string, string>, replicaSet: string) => {
  const [first, second] = facts.slices.pods;
  if (first === undefined || second === undefined) throw new Error('two pods are needed');
  first.metadata.labels = { app: 'web', tier: 'web', 'pod-template-hash': 'aaa' };
  second.metadata.labels = labels;
  for (const [pod, name] of [
    [first, 'web-6d4'],
    [second, replicaSet],
  ] as const)
    pod.metadata.ownerReferences = [{ kind: 'ReplicaSet', name, uid: `uid-${name}`, controller: true }];
  for (const container of second.spec.containers) container.ports.push({ containerPort: 9090 });
  fail(facts.slices.targetHealth, '10.0.1.100');
  probePod(facts, '10.0.1.100', 8080, { kind: 'refused' });
};

testCheck(containerNotListeningOnTargetPort, {
  found: [
    {
      name: 'ready pods that refuse, behind instance targets',
      facts: given(sampleFacts, deaf),
      targets: [],
      confidence: 'probable',
      saw: 'shop/web-1 refuses connections to 8080',
    },
    {
      name: 'one of many pods behind instance targets was not asked',
      facts: given(sampleFacts, (facts) => {
        fail(facts.slices.targetHealth);
        probePod(facts, '10.0.0.100', 8080, { kind: 'refused' });
      }),
      targets: [],
      confidence: 'probable',
      saw: 'shop/web-1 refuses connections to 8080',
    },
    {
      name: 'another declared port answers',
      facts: given(ip, (facts) => {
        deaf(facts);
        for (const { spec } of facts.slices.pods)
          for (const container of spec.containers) container.ports.push({ containerPort: 9090 });
        for (const address of ['10.0.0.100', '10.0.1.100']) probePod(facts, address, 9090, { kind: 'open' });
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: 'refuses connections to 8080 and accepts them on 9090',
    },
    {
      name: 'pods of another workload that the selector matches too',
      facts: given(ip, (facts) => {
        beside(facts, { app: 'web', tier: 'worker' }, 'web-worker-6d4');
        probePod(facts, '10.0.1.100', 9090, { kind: 'open' });
      }),
      targets: ['10.0.1.100'],
      confidence: 'confirmed',
      saw: 'the selector matches deployment/web-worker and deployment/web, and the pods of the latter are healthy',
      values: { strangers: 'deployment/web-worker', labels: 'app=web,tier=web' },
    },
    {
      name: 'one pod of a workload whose others are healthy',
      facts: given(ip, (facts) => beside(facts, { app: 'web', tier: 'web' }, 'web-6d4')),
      targets: ['10.0.1.100'],
      confidence: 'probable',
      saw: /^shop\/web-2 refuses connections to 8080$/,
      values: { pod: 'web-2' },
    },
  ],
  ruledOut: [
    {
      name: 'pods that are not ready',
      facts: given(sampleFacts, (facts) => {
        deaf(facts);
        unready(facts, 'web-1');
        unready(facts, 'web-2');
      }),
    },
    {
      name: 'no answer instead of a refusal',
      facts: given(ip, (facts) => {
        fail(facts.slices.targetHealth);
        for (const address of ['10.0.0.100', '10.0.1.100'])
          probePod(facts, address, 8080, { kind: 'timeout', phase: 'connect' });
      }),
    },
    {
      name: 'one pod of two, behind instance targets of the Cluster policy',
      facts: given(sampleFacts, (facts) => {
        fail(facts.slices.targetHealth);
        probePod(facts, '10.0.0.100', 8080, { kind: 'refused' });
        probePod(facts, '10.0.1.100', 8080, { kind: 'open' });
      }),
    },
  ],
});
