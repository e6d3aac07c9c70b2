import { controllerThrottled } from '../../core/checks/registration/controller-throttled.ts';
import { given, testCheck } from './check-tester.ts';
import { binding, failing, ip, saying, stale } from './controller-case.ts';

const bound = (make: typeof stale) =>
  given(make, ({ slices }) => {
    slices.targetGroupBindings = [binding({})];
  });
const throttled = {
  kind: 'TargetGroupBinding' as const,
  name: 'k8s-shop-web-0123456789',
  reason: 'FailedReconcile',
  note: 'Failed reconcile due to api error Throttling: Rate exceeded',
};

testCheck(controllerThrottled, {
  found: [
    {
      name: 'a dead address stays registered while calls are throttled again and again',
      facts: saying(bound(stale), throttled),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: /event FailedReconcile \(5 times\).*Rate exceeded; 10.0.2.77 is the address of no pod/,
    },
    {
      name: 'EC2 in its own words',
      facts: saying(stale, {
        reason: 'FailedDeployModel',
        note: 'api error RequestLimitExceeded: Request limit exceeded.',
      }),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: 'RequestLimitExceeded',
    },
    {
      name: 'three events, each with the id of its own request',
      facts: ['1f0a', '2b7c', '3d9e'].reduce(
        (make, requestId) =>
          saying(make, {
            ...throttled,
            note: `Failed reconcile due to operation error Elastic Load Balancing v2: RegisterTargets, https response error StatusCode: 400, RequestID: ${requestId}, api error Throttling: Rate exceeded`,
            count: 1,
          }),
        bound(stale),
      ),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: /event FailedReconcile \(3 times\): .*RequestID: 1f0a/,
    },
  ],
  ruledOut: [
    { name: 'a single throttled call', facts: saying(bound(stale), { ...throttled, count: 1 }) },
    { name: 'failing pods behind a target group that is as asked', facts: saying(bound(failing), throttled) },
    { name: 'healthy targets', facts: saying(bound(ip), throttled) },
    { name: 'a dead address without an event', facts: bound(stale) },
  ],
});
