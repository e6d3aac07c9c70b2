import { sgRuleRemovedByOtherManager } from '../../core/checks/network/sg-rule-removed-by-other-manager.ts';
import { daemonSet, nodeGroup } from '../core/network/open-path.ts';
import { binding, reconcileError, success } from '../core/sample-binding.ts';
import { fail, instanceId, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const controller = (namespace: string, availableReplicas = 2) => {
  const base = daemonSet('aws-load-balancer-controller', {});
  return {
    ...base,
    kind: 'Deployment' as const,
    metadata: { ...base.metadata, namespace },
    spec: {
      ...base.spec,
      template: {
        labels: {},
        containers: base.spec.template.containers.map((each) => ({
          ...each,
          image: 'public.ecr.aws/eks/aws-load-balancer-controller:v2.13.4',
        })),
      },
    },
    status: { ...base.status, availableReplicas },
  };
};
const removed = given(sampleFacts, (facts) => {
  fail(facts.slices.targetHealth);
  nodeGroup(facts).rules = [rule({ fromPort: 443, toPort: 443, cidrIpv4: '10.0.0.0/16' })];
  facts.slices.targetGroupBindings.push(binding([31080]));
  facts.slices.workloads.push(controller('kube-system'));
  facts.slices.events.push(success());
});
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(sgRuleRemovedByOtherManager, {
  found: [
    {
      name: 'the controller’s rule is gone and it knows of no trouble',
      facts: removed,
      targets: all,
      confidence: 'probable',
      saw: 'the TargetGroupBinding requests TCP 31080 and the controller reports no error',
    },
    {
      name: 'two controllers in one cluster',
      facts: given(removed, ({ slices }) => slices.workloads.push(controller('ingress'))),
      targets: all,
      confidence: 'probable',
      saw: '2 controllers run: kube-system/aws-load-balancer-controller, ingress/aws-load-balancer-controller',
    },
    {
      name: 'a binding that opens all ports of TCP',
      facts: given(removed, ({ slices }) => {
        slices.targetGroupBindings = [binding([])];
      }),
      targets: all,
      confidence: 'probable',
      saw: 'the TargetGroupBinding requests TCP 31080',
    },
    {
      name: 'a Service that cannot be built, whose binding the controller serves all the same',
      facts: given(removed, ({ slices }) => {
        const note = 'Failed build model due to failed to parse int32 annotation';
        const regarding = { kind: 'Service', name: 'web', namespace: 'shop' };
        slices.events.push(reconcileError('FailedBuildModel', note, { regarding }));
      }),
      targets: all,
      confidence: 'probable',
      saw: 'holds no rule of the controller',
    },
  ],
  ruledOut: [
    {
      name: 'a prefix list that may let the check in',
      facts: given(removed, (facts) => {
        nodeGroup(facts).rules.push(rule({ fromPort: 30000, toPort: 32767, prefixListId: 'pl-1' }));
      }),
    },
    {
      name: 'the controller’s rule is there, but too narrow',
      facts: given(removed, (facts) => {
        nodeGroup(facts).rules = [
          {
            ...rule({ fromPort: 30080, toPort: 30500, referencedGroupId: 'sg-0000000000000000b' }),
            description: 'elbv2.k8s.aws/targetGroupBinding=shared',
          },
        ];
      }),
    },
    {
      name: 'a binding that asks for no rule',
      facts: given(removed, ({ slices }) => {
        slices.targetGroupBindings = [binding()];
      }),
    },
    {
      name: 'a controller that was refused',
      facts: given(removed, ({ slices }) => {
        slices.events = [reconcileError('FailedNetworkReconcile', 'UnauthorizedOperation')];
      }),
    },
    {
      name: 'a controller without credentials, which shows at the Service',
      facts: given(removed, ({ slices }) => {
        const note = 'Failed build model due to operation error EC2: DescribeSubnets, api error UnauthorizedOperation';
        const regarding = { kind: 'Service', name: 'web', namespace: 'shop' };
        slices.events = [reconcileError('FailedBuildModel', note, { regarding })];
      }),
    },
    {
      name: 'a controller that does not run',
      facts: given(removed, ({ slices }) => {
        slices.workloads = [controller('kube-system', 0)];
      }),
    },
    {
      name: 'pods with security groups of their own',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          nodeGroup(facts).rules = [];
          facts.slices.targetGroupBindings.push(binding([8080]));
          facts.slices.workloads.push(controller('kube-system'));
          for (const { metadata } of facts.slices.pods)
            metadata.annotations['vpc.amazonaws.com/pod-eni'] = '[{"eniId":"eni-0123456789abcdef0"}]';
        },
      ),
    },
  ],
});
