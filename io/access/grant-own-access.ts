import {
  AssociateAccessPolicyCommand,
  type Cluster,
  CreateAccessEntryCommand,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  type EKSClient,
  paginateListAssociatedAccessPolicies,
  paginateListClusters,
  ResourceNotFoundException,
} from '@aws-sdk/client-eks';
import { pages } from '../aws/pages.ts';

/** The access entry that lets the auditor's role read a cluster. */
export interface OwnEntry {
  principalArn: string;
  /** Groups of Kubernetes, for what `docs/rbac.yaml` grants. */
  kubernetesGroups: string[];
  /** EKS access policies, for the whole cluster; none where the ClusterRole is to grant everything. */
  policyArns: string[];
}

/** What became of the access to one cluster; `why` only where it was refused. */
export interface GrantedAccess {
  cluster: string;
  outcome: 'present' | 'granted' | 'refused';
  why?: string;
}

/**
 * Gives the role its access entry in each active cluster of these VPCs that has none, and to an entry the policies
 * that it lacks. Other entries are never touched, nor clusters that take none (authentication mode CONFIG_MAP).
 */
export async function grantOwnAccess(client: EKSClient, entry: OwnEntry, vpcIds: string[]): Promise<GrantedAccess[]> {
  const granted: GrantedAccess[] = [];
  for await (const { clusters = [] } of pages(paginateListClusters({ client }, {}))) {
    for (const cluster of clusters) {
      // One after the other: nobody waits, and the API allows few changes a second.
      const outcome = await grantOne(client, cluster, { entry, vpcIds });
      if (outcome !== undefined) granted.push(outcome);
    }
  }
  return granted;
}

interface Wanted {
  entry: OwnEntry;
  vpcIds: string[];
}

async function grantOne(
  client: EKSClient,
  clusterName: string,
  { entry, vpcIds }: Wanted,
): Promise<GrantedAccess | undefined> {
  try {
    const { cluster } = await client.send(new DescribeClusterCommand({ name: clusterName }));
    if (!takesEntries(cluster) || !vpcIds.includes(cluster?.resourcesVpcConfig?.vpcId ?? '')) return undefined;
    const isNew = !(await hasEntry(client, clusterName, entry));
    if (isNew) {
      const { principalArn, kubernetesGroups } = entry;
      await client.send(
        new CreateAccessEntryCommand({ clusterName, principalArn, kubernetesGroups, type: 'STANDARD' }),
      );
    }
    // A run that was killed, or an answer that was lost, may have left an entry with some of its policies.
    const had = isNew || entry.policyArns.length === 0 ? new Set() : await policiesOf(client, clusterName, entry);
    const lacking = entry.policyArns.filter((arn) => !had.has(arn));
    if (!isNew && lacking.length === 0) return { cluster: clusterName, outcome: 'present' };
    for (const policyArn of lacking) await associate(client, clusterName, { entry, policyArn });
    return { cluster: clusterName, outcome: 'granted' };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { cluster: clusterName, outcome: 'refused', why: `${error.name}: ${error.message}` };
  }
}

const takesEntries = (cluster: Cluster | undefined): boolean =>
  cluster?.status === 'ACTIVE' && cluster.accessConfig?.authenticationMode !== 'CONFIG_MAP';

async function hasEntry(client: EKSClient, clusterName: string, { principalArn }: OwnEntry): Promise<boolean> {
  try {
    await client.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

async function policiesOf(
  client: EKSClient,
  clusterName: string,
  { principalArn }: OwnEntry,
): Promise<ReadonlySet<string | undefined>> {
  const arns = new Set<string | undefined>();
  for await (const page of pages(paginateListAssociatedAccessPolicies({ client }, { clusterName, principalArn }))) {
    for (const { policyArn } of page.associatedAccessPolicies ?? []) arns.add(policyArn);
  }
  return arns;
}

async function associate(
  client: EKSClient,
  clusterName: string,
  { entry: { principalArn }, policyArn }: { entry: OwnEntry; policyArn: string },
): Promise<void> {
  await client.send(
    new AssociateAccessPolicyCommand({ clusterName, principalArn, policyArn, accessScope: { type: 'cluster' } }),
  );
}
