import { controllerClusterNameMismatch } from '../../core/checks/owner/controller-cluster-name-mismatch.ts';
import type { Facts } from '../../core/model/facts.ts';
import { nodeGroup } from '../core/network/open-path.ts';
import { reconcileError } from '../core/sample-binding.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { cluster, controllerWith, lackingRule, ownedBy } from './controller-case.ts';

const second = 'sg-0000000000000000d';
const pods = ['10.0.0.100', '10.0.1.100'];
const words = (name: string) =>
  `expected exactly one securityGroup tagged with kubernetes.io/cluster/${name} for eni eni-1, got: [] (clusterName: ${name})`;

/** Targets behind two security groups, one of them with the real name, and a controller with these arguments. */
const twoGroups = (make: () => Facts, ...args: string[]) =>
  given(make, (facts) => {
    facts.cluster = cluster(false);
    const group = nodeGroup(facts);
    group.tags = { 'kubernetes.io/cluster/shop': 'owned' };
    facts.slices.securityGroups.push({ ...group, id: second, name: 'eks-cluster-sg-shop', tags: {} });
    for (const each of facts.slices.networkInterfaces)
      if (each.instanceId !== undefined) each.securityGroups.push(second);
    facts.slices.workloads.push(controllerWith(...args));
  });
const wrong = twoGroups(lackingRule, '--cluster-name=staging');
/** Nodes that the error keeps out. */
const unregistered = given(sampleFacts, ({ slices }) => {
  slices.targetHealth = [];
});

testCheck(controllerClusterNameMismatch, {
  found: [
    {
      name: 'the controller says which tag it looks for',
      facts: given(wrong, ({ slices }) =>
        slices.events.push(reconcileError('FailedNetworkReconcile', words('staging'))),
      ),
      targets: pods,
      confidence: 'confirmed',
      saw: /aws-load-balancer-controller has --cluster-name=staging, EKS calls the cluster shop; none of sg-0000000000000000a, sg-0000000000000000d .* kubernetes\.io\/cluster\/staging/,
      values: { expectedName: 'staging', securityGroup: 'sg-0000000000000000a' },
    },
    {
      name: 'a name from a variable, and the controller says which tag it looks for',
      facts: given(twoGroups(lackingRule, '--cluster-name=$(CLUSTER_NAME)'), ({ slices }) =>
        slices.events.push(reconcileError('FailedNetworkReconcile', words('staging'))),
      ),
      targets: pods,
      confidence: 'confirmed',
      saw: 'aws-load-balancer-controller has --cluster-name=staging, EKS calls the cluster shop',
      values: { expectedName: 'staging' },
    },
    {
      name: 'the flag alone, and no group with its tag',
      facts: wrong,
      targets: pods,
      confidence: 'probable',
      saw: 'none of sg-0000000000000000a, sg-0000000000000000d on the interface has the tag',
    },
    {
      name: 'nodes that are not registered because of it',
      facts: twoGroups(unregistered, '--cluster-name', 'staging'),
      targets: [],
      confidence: 'probable',
      saw: 'no target is registered',
    },
  ],
  ruledOut: [
    { name: 'the real name, and the tag on none', facts: twoGroups(lackingRule, '--cluster-name=shop') },
    {
      name: 'a name from a variable, which is not known',
      facts: twoGroups(lackingRule, '--cluster-name=$(CLUSTER_NAME)'),
    },
    {
      name: 'the real name, and groups that bear the tag of a second cluster too',
      facts: given(twoGroups(lackingRule, '--cluster-name=shop'), (facts) => {
        nodeGroup(facts).tags = { 'kubernetes.io/cluster/shop': 'shared', 'kubernetes.io/cluster/staging': 'shared' };
      }),
    },
    {
      name: 'another name, and a group with its tag',
      facts: given(wrong, (facts) => {
        nodeGroup(facts).tags['kubernetes.io/cluster/staging'] = 'owned';
      }),
    },
    {
      name: 'another name, and one security group on each interface',
      facts: given(wrong, ({ slices }) => {
        for (const each of slices.networkInterfaces) each.securityGroups = each.securityGroups.slice(0, 1);
      }),
    },
    { name: 'another name, and everything healthy', facts: twoGroups(sampleFacts, '--cluster-name=staging') },
    {
      name: 'a controller that wants more tags, which are not known',
      facts: twoGroups(lackingRule, '--cluster-name=staging', '--service-target-eni-security-group-tags=role=nodes'),
    },
    { name: 'cloud-provider-aws', facts: ownedBy(wrong, 'cloud-provider-aws') },
  ],
});
