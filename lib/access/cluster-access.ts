import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { accessPolicies, viewers } from '../../config/permissions.ts';

export interface ClusterAccessProps {
  clusterName: string;
  role: iam.IRole;
  /** ARNs of access policies. */
  policyArns: string[];
}

/** The access policies of the auditor: none where `docs/rbac.yaml` is to grant everything. */
export function accessPolicyArns(scope: Construct, kubernetesAccess: 'policies' | 'cluster-role'): string[] {
  if (kubernetesAccess === 'cluster-role') return [];
  return accessPolicies.map((name) => `arn:${Stack.of(scope).partition}:eks::aws:cluster-access-policy/${name}`);
}

/**
 * Lets a role read the Kubernetes API of a cluster. The group is that of `docs/rbac.yaml`, for what no policy covers, or
 * for everything where policies are not wanted.
 */
export function clusterAccess(scope: Construct, id: string, props: ClusterAccessProps): eks.CfnAccessEntry {
  return new eks.CfnAccessEntry(scope, `Access-${id}`, {
    clusterName: props.clusterName,
    principalArn: props.role.roleArn,
    type: 'STANDARD',
    kubernetesGroups: [viewers],
    accessPolicies: props.policyArns.map((policyArn) => ({ policyArn, accessScope: { type: 'cluster' } })),
  });
}
