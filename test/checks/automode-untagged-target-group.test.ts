import { automodeUntaggedTargetGroup } from '../../core/checks/owner/automode-untagged-target-group.ts';
import { given, testCheck } from './check-tester.ts';
import { binding, cluster, empty, handMade, ip, ownedBy, saying } from './controller-case.ts';

/** Nothing is registered by a binding of EKS Auto Mode that a person wrote. */
const untagged = ownedBy(
  given(empty, (facts) => {
    facts.cluster = cluster(true);
    facts.slices.targetGroupBindings = [{ ...handMade(), group: 'eks.amazonaws.com' }];
  }),
  'eks-auto-mode',
);
const denied = {
  kind: 'TargetGroupBinding' as const,
  name: 'by-hand',
  reason: 'FailedReconcile',
  note: 'Failed reconcile due to operation error Elastic Load Balancing v2: RegisterTargets, api error AccessDenied',
};

testCheck(automodeUntaggedTargetGroup, {
  found: [
    {
      name: 'the controller is refused',
      facts: saying(untagged, denied),
      targets: [],
      confidence: 'confirmed',
      saw: /shop\/by-hand binds a target group without the tag eks:eks-cluster-name; no target is registered, .*AccessDenied/,
    },
    {
      name: 'no event any more',
      facts: untagged,
      targets: [],
      confidence: 'probable',
      saw: 'without the tag',
    },
    {
      name: 'the tag of another cluster',
      facts: given(untagged, ({ slices }) => {
        for (const group of slices.targetGroups) group.tags['eks:eks-cluster-name'] = 'staging';
      }),
      targets: [],
      confidence: 'probable',
      saw: 'whose tag eks:eks-cluster-name is staging',
    },
  ],
  ruledOut: [
    {
      name: 'the tag is there',
      facts: given(untagged, ({ slices }) => {
        for (const group of slices.targetGroups) group.tags['eks:eks-cluster-name'] = 'shop';
      }),
    },
    {
      name: 'targets are registered without it: the role may do more',
      facts: ownedBy(
        given(ip, (facts) => {
          facts.cluster = cluster(true);
          facts.slices.targetGroupBindings = [{ ...handMade(), group: 'eks.amazonaws.com' }];
        }),
        'eks-auto-mode',
      ),
    },
    {
      name: 'a binding that the controller wrote itself',
      facts: given(untagged, ({ slices }) => {
        slices.targetGroupBindings = [{ ...binding({}), group: 'eks.amazonaws.com' }];
      }),
    },
    {
      name: 'a binding of the AWS Load Balancer Controller',
      facts: given(untagged, ({ slices }) => {
        slices.targetGroupBindings = [handMade()];
      }),
    },
  ],
});
