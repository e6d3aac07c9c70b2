import { Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** View reads no nodes, AIOpsAssistant no endpoints; together they read what checks need, and neither reads Secrets. */
const accessPolicies = ['AmazonEKSViewPolicy', 'AmazonAIOpsAssistantPolicy'];

/** Lets a role read the Kubernetes API of a cluster; the group is that of `docs/rbac.yaml`, for what no policy covers. */
export function clusterAccess(scope: Construct, cluster: string, role: iam.IRole): eks.CfnAccessEntry {
  return new eks.CfnAccessEntry(scope, `Access-${cluster}`, {
    clusterName: cluster,
    principalArn: role.roleArn,
    type: 'STANDARD',
    kubernetesGroups: ['eks-nlb-auditor:viewers'],
    accessPolicies: accessPolicies.map((name) => ({
      policyArn: `arn:${Stack.of(scope).partition}:eks::aws:cluster-access-policy/${name}`,
      accessScope: { type: 'cluster' },
    })),
  });
}
