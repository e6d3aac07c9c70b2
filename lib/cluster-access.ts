import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Options } from '../io/config.ts';

/** View reads no nodes, AIOpsAssistant no endpoints; together they read what checks need, and neither reads Secrets. */
const accessPolicies = ['AmazonEKSViewPolicy', 'AmazonAIOpsAssistantPolicy'];

export interface ClusterAccessProps extends Required<Pick<Options, 'kubernetesAccess'>> {
  role: iam.IRole;
}

/**
 * Lets a role read the Kubernetes API of a cluster. The group is that of `docs/rbac.yaml`, for what no policy covers, or
 * for everything where policies are not wanted.
 */
export function clusterAccess(scope: Construct, cluster: string, props: ClusterAccessProps): eks.CfnAccessEntry {
  const policies = props.kubernetesAccess === 'policies' ? accessPolicies : [];
  return new eks.CfnAccessEntry(scope, `Access-${cluster}`, {
    clusterName: cluster,
    principalArn: props.role.roleArn,
    type: 'STANDARD',
    kubernetesGroups: ['eks-nlb-auditor:viewers'],
    accessPolicies: policies.map((name) => ({
      policyArn: `arn:${Stack.of(scope).partition}:eks::aws:cluster-access-policy/${name}`,
      accessScope: { type: 'cluster' },
    })),
  });
}
