import type { Cluster } from '../../core/aws.ts';
import type { GapReason } from '../../core/gap.ts';

/** What only a ClusterRole can grant: no EKS access policy reads custom resources or Leases (EKS user guide, access policies). */
const onlyByRole = /targetgroupbindings|leases/;
/** What AmazonEKSViewPolicy leaves out and AmazonAIOpsAssistantPolicy grants. */
const clusterWide = /nodes/;

/** What to grant or change when the API server of this cluster refuses. */
export const kubernetesRemedy =
  (cluster: Cluster) =>
  (reason: GapReason, action: string): string => {
    switch (reason) {
      case 'denied':
        return grant(cluster, action);
      case 'throttled':
        return `Run again later: the API server of ${cluster.name} limits requests.`;
      case 'unreachable':
        return reach(cluster);
      case 'deadline':
        return `Give the run more time; the API server of ${cluster.name} answers slowly.`;
      case 'invalid':
      case 'not-requested':
        return `Look at the answer of the API server of ${cluster.name} for ${action}.`;
    }
  };

function grant({ name, authenticationMode }: Cluster, action: string): string {
  if (onlyByRole.test(action)) {
    return `Apply docs/rbac.yaml to ${name} and put the auditor's access entry into the group eks-nlb-auditor:viewers.`;
  }
  const policy = clusterWide.test(action) ? 'AmazonAIOpsAssistantPolicy' : 'AmazonEKSViewPolicy';
  const how = `Give the auditor's role an access entry of ${name} with ${policy} (scope cluster), or apply docs/rbac.yaml.`;
  return authenticationMode === 'CONFIG_MAP'
    ? `${how} ${name} takes no access entries (authentication mode CONFIG_MAP): map the role in aws-auth instead.`
    : how;
}

function reach({ name, endpoint, status, endpointPublicAccess, endpointPrivateAccess }: Cluster): string {
  if (endpoint === '') return `Wait until ${name} is ready (status ${status}).`;
  if (!endpointPublicAccess) {
    return `Run the auditor in the VPC of ${name} and admit port 443 from it in the cluster security group.`;
  }
  return endpointPrivateAccess
    ? `Admit port 443 from the auditor in the cluster security group of ${name}, or its public address in publicAccessCidrs.`
    : `Give the auditor a way to the internet (NAT gateway) and admit its address in publicAccessCidrs of ${name}.`;
}
