import { expect, test } from 'vitest';
import { kubernetesRemedy } from '../../../io/kubernetes/client/remedy.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';

const [lead] = healthy.build().clusters;
if (lead === undefined) throw new Error('the healthy world has no cluster');
const { cluster } = lead;
const entry = '--region eu-west-1 --cluster-name shop --principal-arn ROLE_ARN';
const create = `aws eks create-access-entry ${entry} --kubernetes-groups eks-nlb-auditor:viewers`;
const associate = (policy: string): string =>
  `aws eks associate-access-policy ${entry} --access-scope type=cluster --policy-arn arn:aws:eks::aws:cluster-access-policy/${policy}`;

test.each([
  ['list services', 'AmazonEKSViewPolicy'],
  ['list nodes', 'AmazonAIOpsAssistantPolicy'],
])('who may not %s gets the commands of the access entry with %s', (action, policy) => {
  expect(kubernetesRemedy(cluster)('denied', action)).toContain(`${create}; ${associate(policy)}`);
});

test('a cluster that takes no access entries gets the command that opens it first, and the other way', () => {
  const old = kubernetesRemedy({ ...cluster, authenticationMode: 'CONFIG_MAP' })('denied', 'list services');
  const open =
    'aws eks update-cluster-config --region eu-west-1 --name shop --access-config authenticationMode=API_AND_CONFIG_MAP';
  expect(old).toContain(`${open}; ${create}; ${associate('AmazonEKSViewPolicy')}`);
  expect(old).toContain('in aws-auth');
});

test('what only the ClusterRole grants is not blamed on the policies', () => {
  const remedy = kubernetesRemedy(cluster)('denied', 'list targetgroupbindings');
  expect(remedy).toContain('docs/rbac.yaml');
  expect(remedy).not.toContain('associate-access-policy');
});

test('a policy of a network engine that may not be read is named with its row of the ClusterRole', () => {
  const remedy = kubernetesRemedy(cluster)('denied', 'list globalnetworkpolicies.crd.projectcalico.org');
  expect(remedy).toContain('docs/rbac.yaml (its row for globalnetworkpolicies.crd.projectcalico.org)');
});

test('names who reads where that is known', () => {
  const role = 'arn:aws:iam::111122223333:role/oncall';
  const remedy = kubernetesRemedy(cluster, role)('denied', 'list services');
  expect(remedy).toContain(`--principal-arn ${role} --kubernetes-groups`);
  expect(remedy).not.toContain('ROLE_ARN');
});
