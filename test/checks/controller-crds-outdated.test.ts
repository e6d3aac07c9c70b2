import { controllerCrdsOutdated } from '../../core/checks/owner/controller-crds-outdated.ts';
import { given, testCheck } from './check-tester.ts';
import { controller, ip, ownedBy, stale } from './controller-case.ts';
import { endingWith, logLine } from './controller-pods.ts';

const words = [
  logLine(
    'error',
    'problem running manager',
    'no matches for kind "ALBTargetControlConfig" in version "elbv2.k8s.aws/v1beta1"',
  ),
];

testCheck(controllerCrdsOutdated, {
  found: [
    {
      name: 'a kind of the new release is not served, and a dead address is still registered',
      facts: endingWith(stale, words),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'problem running manager: no matches for kind "ALBTargetControlConfig"',
      values: { controllerDeployment: 'aws-load-balancer-controller' },
    },
    {
      name: 'healthy targets, as a risk',
      facts: endingWith(ip, words),
      targets: [],
      confidence: 'confirmed',
      saw: 'no matches for kind',
    },
  ],
  ruledOut: [
    { name: 'another error', facts: endingWith(stale, [logLine('error', 'problem running manager', 'timed out')]) },
    {
      name: 'a release beside it that runs',
      facts: given(endingWith(stale, words), ({ slices }) => slices.workloads.push(controller(2))),
    },
    {
      name: 'a controller that was scaled down, with the log of before',
      facts: given(endingWith(stale, words), ({ slices }) => {
        slices.pods = slices.pods.filter(({ metadata }) => metadata.namespace !== 'kube-system');
        for (const { metadata, spec } of slices.workloads)
          if (metadata.name === 'aws-load-balancer-controller') spec.replicas = 0;
      }),
    },
    { name: 'EKS Auto Mode', facts: ownedBy(endingWith(stale, words), 'eks-auto-mode') },
  ],
});
