import { controllerTargetCap } from '../../core/checks/registration/controller-target-cap.ts';
import { given, testCheck } from './check-tester.ts';
import { binding, controllerWith, ip, ownedBy } from './controller-case.ts';

/** One of two ready pods is registered, and the controller may register so many. */
const capped = (...args: string[]) =>
  given(ip, ({ slices }) => {
    slices.targetHealth = slices.targetHealth.slice(0, 1);
    slices.targetGroupBindings = [binding({})];
    slices.workloads.push(controllerWith(...args));
  });

testCheck(controllerTargetCap, {
  found: [
    {
      name: 'as many targets as the flag allows, and one more ready pod',
      facts: capped('--max-targets-per-target-group=1'),
      targets: [],
      confidence: 'confirmed',
      saw: 'kube-system/aws-load-balancer-controller runs with --max-targets-per-target-group=1; 1 of 2 targets registered, and 10.0.1.100 is ready',
      values: { binding: 'k8s-shop-web-0123456789', bindingNamespace: 'shop' },
    },
  ],
  ruledOut: [
    { name: 'a limit that is not reached', facts: capped('--max-targets-per-target-group=5') },
    { name: 'no limit', facts: capped('--max-targets-per-target-group=0') },
    { name: 'a controller without the flag', facts: capped('--cluster-name=shop') },
    {
      name: 'everything registered',
      facts: given(ip, ({ slices }) => slices.workloads.push(controllerWith('--max-targets-per-target-group=2'))),
    },
    {
      name: 'EKS Auto Mode',
      facts: ownedBy(capped('--max-targets-per-target-group=1'), 'eks-auto-mode'),
    },
  ],
});
