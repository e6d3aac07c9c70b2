import { registrationInProgress } from '../../core/checks/registration-in-progress.ts';
import { sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

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

testCheck(registrationInProgress, {
  found: [
    {
      name: 'a pod made two minutes ago',
      facts: born('2026-11-20T11:58:00Z'),
      targets: ['10.0.2.100'],
      confidence: 'confirmed',
      saw: 'Elb.RegistrationInProgress, 120 s after',
    },
  ],
  ruledOut: [
    { name: 'a pod made an hour ago', facts: born('2026-11-20T11:00:00Z') },
    { name: 'targets that have their verdict', facts: () => sampleFacts({ targetType: 'ip' }) },
  ],
});
