import { sgClusterTagAmbiguous } from '../../core/checks/network/sg-cluster-tag-ambiguous.ts';
import type { Facts } from '../../core/model/facts.ts';
import { nodeGroup } from '../core/network/open-path.ts';
import { binding, reconcileError } from '../core/sample-binding.ts';
import { deployment, fail, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const tag = { 'kubernetes.io/cluster/shop': 'owned' };
const second = 'sg-0000000000000000d';
const words =
  'expected exactly one securityGroup tagged with kubernetes.io/cluster/shop for eni eni-1, got: [sg-a sg-d] (clusterName: shop)';

/** Pods behind interfaces with two security groups that admit nothing; which of them carry the tag is up to the case. */
const twoGroups = (nodes: Record<string, string>, others: Record<string, string>) =>
  given(
    () => sampleFacts({ targetType: 'ip' }),
    (facts) => {
      fail(facts.slices.targetHealth);
      const group = nodeGroup(facts);
      group.rules = [];
      group.tags = nodes;
      facts.slices.securityGroups.push({ ...group, id: second, name: 'eks-cluster-sg-shop', tags: others });
      for (const each of facts.slices.networkInterfaces)
        if (each.instanceId !== undefined) each.securityGroups.push(second);
      facts.slices.targetGroupBindings.push(binding([8080]));
    },
  );
const controller = (...args: string[]) => {
  const { spec, ...rest } = deployment(2);
  const image = 'public.ecr.aws/eks/aws-load-balancer-controller:v2.13.4';
  const container = { name: 'controller', image, command: [], args, env: [], ports: [] };
  return { ...rest, spec: { ...spec, template: { labels: {}, containers: [container] } } };
};
const pods = ['10.0.0.100', '10.0.1.100'];
const empty = (facts: Facts) => {
  facts.slices.targetHealth = [];
};

testCheck(sgClusterTagAmbiguous, {
  found: [
    {
      name: 'two groups with the tag',
      facts: twoGroups(tag, tag),
      targets: pods,
      confidence: 'confirmed',
      saw: '2 of 2 security groups on the interface (sg-0000000000000000a nodes, sg-0000000000000000d eks-cluster-sg-shop)',
    },
    { name: 'two groups and no tag', facts: twoGroups({}, {}), targets: pods, confidence: 'confirmed', saw: '0 of 2' },
    {
      name: 'the controller says so',
      facts: given(twoGroups(tag, tag), ({ slices }) =>
        slices.events.push(reconcileError('FailedNetworkReconcile', words)),
      ),
      targets: pods,
      confidence: 'confirmed',
      saw: 'expected exactly one securityGroup tagged',
    },
    {
      name: 'an instance group that the error leaves empty',
      facts: given(twoGroups(tag, tag), (facts) => {
        empty(facts);
        for (const group of facts.slices.targetGroups) group.targetType = 'instance';
        facts.slices.events.push(reconcileError('FailedReconcile', `Failed reconcile due to ${words}`));
      }),
      targets: [],
      confidence: 'probable',
      saw: 'no target is registered; event FailedReconcile',
    },
    {
      name: 'one interface of the group is ambiguous, so that those with a single group get no rule either',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          nodeGroup(facts).rules = [];
          facts.slices.targetGroupBindings.push(binding([8080]));
          facts.slices.events.push(reconcileError('FailedNetworkReconcile', words));
        },
      ),
      targets: pods,
      confidence: 'confirmed',
      saw: 'on this one sg-0000000000000000a nodes admits no TCP 8080; event FailedNetworkReconcile',
    },
  ],
  ruledOut: [
    {
      name: 'the security groups of an Application Load Balancer, which no controller tells apart',
      facts: given(twoGroups({}, {}), ({ slices }) => {
        for (const group of slices.targetGroups) group.targetType = 'alb';
        const [alb] = slices.targetHealth.splice(0);
        if (alb === undefined) throw new Error('the sample has no target');
        const id = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/fedcba9876543210';
        slices.targetHealth.push({ ...alb, id, port: 80, healthCheckPort: 80 });
        for (const each of slices.networkInterfaces)
          if (each.instanceId !== undefined) each.description = 'ELB app/web/fedcba9876543210';
      }),
    },
    {
      name: 'EKS Auto Mode',
      facts: given(twoGroups({}, {}), (facts) => {
        for (const owner of facts.owners) owner.controller = 'eks-auto-mode';
      }),
    },
    {
      name: 'a controller that tells them apart by another tag',
      facts: given(twoGroups(tag, tag), ({ slices }) =>
        slices.workloads.push(controller('--service-target-eni-security-group-tags=role=nodes')),
      ),
    },
    {
      name: 'an empty group of pods, which are registered whatever the rule',
      facts: given(twoGroups(tag, tag), (facts) => {
        empty(facts);
        facts.slices.events.push(reconcileError('FailedNetworkReconcile', words));
      }),
    },
    { name: 'one group with the tag, and its rule gone', facts: twoGroups(tag, {}) },
    {
      name: 'two tags, but the rule was written before',
      facts: given(twoGroups(tag, tag), (facts) => {
        nodeGroup(facts).rules = [rule({ fromPort: 0, toPort: 65535, referencedGroupId: 'sg-0000000000000000b' })];
      }),
    },
    {
      name: 'a single group, without a tag',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          nodeGroup(facts).rules = [];
        },
      ),
    },
    {
      name: 'a Service whose rules the controller does not manage',
      facts: given(twoGroups(tag, tag), ({ slices }) => {
        slices.targetGroupBindings = [binding()];
      }),
    },
    {
      name: 'an empty group of which the controller complains otherwise',
      facts: given(twoGroups(tag, tag), (facts) => {
        empty(facts);
        facts.slices.events.push(reconcileError('FailedReconcile', 'AccessDenied'));
      }),
    },
  ],
});
