import { viewers } from '../../../config/permissions.ts';
import type { Cluster } from '../../../core/model/aws.ts';
import type { GapReason } from '../../../core/model/gap.ts';
import { reportBug } from '../../aws/remedy.ts';

/** What only a ClusterRole can grant: no EKS access policy reads custom resources or Leases (EKS user guide, access policies). */
const onlyByRole = /targetgroupbindings|leases|\.[a-z]/;
/** What AmazonEKSViewPolicy leaves out and AmazonAIOpsAssistantPolicy grants. */
const clusterWide = /nodes/;

/** What to grant or change when the API server of this cluster refuses. */
export const kubernetesRemedy =
  (cluster: Cluster, principal?: string) =>
  (reason: GapReason, action: string): string => {
    switch (reason) {
      case 'denied':
        return grant(cluster, principal, action);
      case 'throttled':
        return `Run again later: the API server of ${cluster.name} limits requests.`;
      case 'unreachable':
        return reach(cluster);
      case 'deadline':
        return `Give the run more time; the API server of ${cluster.name} answers slowly.`;
      case 'deferred':
      case 'invalid':
      case 'not-requested':
        return `Run again; if it stays, compare with the answer of \`kubectl ${action.replace('get pods/log', 'logs')}\` in ${cluster.name}, and look for a proxy in between.`;
      case 'bug':
        return reportBug;
    }
  };

/** Commands for who reads; where that is not known, with ROLE_ARN for the role of the auditor. */
function grant({ name, arn, authenticationMode }: Cluster, principal: string | undefined, action: string): string {
  if (onlyByRole.test(action)) {
    const row = action.includes('.') ? ` (its row for ${action.replace('list ', '')})` : '';
    return `Apply docs/rbac.yaml${row} to ${name} and put the auditor's access entry into the group ${viewers}.`;
  }
  const policy = clusterWide.test(action) ? 'AmazonAIOpsAssistantPolicy' : 'AmazonEKSViewPolicy';
  const [, partition, , region] = arn.split(':');
  const entry = `--region ${region} --cluster-name ${name} --principal-arn ${principal ?? 'ROLE_ARN'}`;
  const commands = [
    `aws eks create-access-entry ${entry} --kubernetes-groups ${viewers}`,
    `aws eks associate-access-policy ${entry} --access-scope type=cluster --policy-arn arn:${partition}:eks::aws:cluster-access-policy/${policy}`,
  ].join('; ');
  if (authenticationMode !== 'CONFIG_MAP') {
    const who = principal === undefined ? "the auditor's role (its ARN for ROLE_ARN)" : 'the identity that reads';
    return `Give ${who} access, or apply docs/rbac.yaml: ${commands}`;
  }
  const open = `aws eks update-cluster-config --region ${region} --name ${name} --access-config authenticationMode=API_AND_CONFIG_MAP`;
  return `${name} takes no access entries (authentication mode CONFIG_MAP): map the auditor's role to the group ${viewers} in aws-auth and apply docs/rbac.yaml, or, with no way back: ${open}; ${commands}`;
}

function reach({ name, endpoint, status, endpointPublicAccess, endpointPrivateAccess }: Cluster): string {
  if (endpoint === '') return `Wait until ${name} is ready (status ${status}).`;
  if (!endpointPublicAccess) {
    return `Run the auditor in the VPC of ${name} and admit port 443 from it in the cluster security group.`;
  }
  return endpointPrivateAccess
    ? `Admit port 443 from the auditor in the cluster security group of ${name}, or its public address in publicAccessCidrs.`
    : `Give the auditor a path to the internet (NAT gateway) and admit its address in publicAccessCidrs of ${name}.`;
}
