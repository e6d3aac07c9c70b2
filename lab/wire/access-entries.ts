import type { World } from '../world/world.ts';

/** Who may read a cluster, and by which policies. */
export interface AccessEntry {
  principalArn: string;
  kubernetesGroups: string[];
  type: string;
  policyArns: string[];
}

/** The access entries of every cluster by the name of the cluster; the auditor of the lab has one in each. */
export interface AccessEntries {
  of(cluster: string, world: World): AccessEntry[];
}

/** Entries that last as long as the lab. */
export function accessEntries(): AccessEntries {
  const byCluster = new Map<string, AccessEntry[]>();
  return {
    of(cluster, { account }) {
      const found = byCluster.get(cluster) ?? [ownEntry(account)];
      byCluster.set(cluster, found);
      return found;
    },
  };
}

const ownEntry = (account: string): AccessEntry => ({
  principalArn: `arn:aws:iam::${account}:role/eks-nlb-auditor`,
  kubernetesGroups: ['eks-nlb-auditor:viewers'],
  type: 'STANDARD',
  policyArns: ['AmazonEKSViewPolicy', 'AmazonAIOpsAssistantPolicy'].map(
    (name) => `arn:aws:eks::aws:cluster-access-policy/${name}`,
  ),
});
