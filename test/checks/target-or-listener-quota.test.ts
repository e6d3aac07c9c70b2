import { targetOrListenerQuota } from '../../core/checks/registration/target-or-listener-quota.ts';
import type { Facts } from '../../core/model/facts.ts';
import { binding, reconcileError } from '../core/sample-binding.ts';
import { fail, metadata, sampleFacts, takenAt, target, targetGroupArn } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const report = ({ slices }: Facts, regarding: { kind: string; name: string }, note: string) => {
  slices.events.push({
    namespace: 'shop',
    regarding: { ...regarding, namespace: 'shop' },
    type: 'Warning',
    reason: regarding.kind === 'Service' ? 'FailedDeployModel' : 'FailedReconcile',
    note,
    count: 3,
    firstSeen: '2026-11-20T11:30:00Z',
    lastSeen: '2026-11-20T11:59:00Z',
  });
};
const empty = given(sampleFacts, ({ slices }) => {
  slices.targetHealth = [];
});
const service = { kind: 'Service', name: 'web' };

testCheck(targetOrListenerQuota, {
  found: [
    {
      name: 'an event of the Service',
      facts: given(empty, (facts) => report(facts, service, 'Failed deploy model due to TooManyTargets: the maximum')),
      targets: [],
      confidence: 'confirmed',
      saw: 'event FailedDeployModel: Failed deploy model due to TooManyTargets',
    },
    {
      name: 'an event of its binding',
      facts: given(empty, (facts) => {
        facts.slices.targetGroupBindings.push({
          metadata: metadata('k8s-shop-web', 'shop'),
          spec: { targetGroupARN: targetGroupArn, serviceRef: { name: 'web', port: 80 } },
        });
        report(facts, { kind: 'TargetGroupBinding', name: 'k8s-shop-web' }, 'TooManyRegistrationsForTargetId: i-0');
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'TooManyRegistrationsForTargetId',
    },
    {
      name: 'an event of a binding that names the target group',
      facts: given(empty, ({ slices }) => {
        const own = binding();
        const { targetGroupARN: _, ...spec } = own.spec;
        slices.targetGroupBindings.push({ ...own, spec: { ...spec, targetGroupName: 'k8s-shop-web-0123456789' } });
        slices.events.push(reconcileError('FailedReconcile', 'TooManyTargets: the maximum'));
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'event FailedReconcile: TooManyTargets',
    },
    {
      name: 'a listener too many while all targets are healthy',
      facts: given(sampleFacts, (facts) => report(facts, service, 'TooManyListeners: 50')),
      targets: [],
      confidence: 'confirmed',
      saw: 'TooManyListeners',
    },
    {
      name: 'as many targets as the default quota',
      facts: given(sampleFacts, ({ slices }) => {
        slices.targetHealth = Array.from({ length: 1000 }, (_, index) => target({ port: index + 1 }));
      }),
      targets: [],
      confidence: 'possible',
      saw: '1000 targets in the group, 1 listeners',
    },
  ],
  ruledOut: [
    {
      name: 'an error after which the controller succeeded',
      facts: given(empty, (facts) => {
        report(facts, service, 'TooManyTargets: the maximum');
        facts.slices.events.push({
          ...reconcileError('SuccessfullyReconciled', 'Successfully reconciled'),
          regarding: { ...service, namespace: 'shop' },
          type: 'Normal',
          lastSeen: takenAt,
        });
      }),
    },
    {
      name: 'throttling',
      facts: given(empty, (facts) => report(facts, service, 'ThrottlingException: Rate exceeded')),
    },
    {
      name: 'targets that fail their checks, whatever is missing',
      facts: given(sampleFacts, (facts) => {
        report(facts, service, 'TooManyTargets: the maximum');
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'an event of another Service',
      facts: given(empty, (facts) => report(facts, { kind: 'Service', name: 'other' }, 'TooManyTargets: the maximum')),
    },
  ],
});
