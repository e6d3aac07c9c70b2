import {
  type Cluster as Answer,
  DescribeClusterCommand,
  type EKSClient,
  paginateListClusters,
} from '@aws-sdk/client-eks';
import type { Cluster } from '../../core/model/aws.ts';
import { known } from '../aws/known.ts';
import type { Ledger } from '../aws/ledger.ts';
import { pages } from '../aws/pages.ts';
import { timeOf } from '../aws/time.ts';

export interface Clusters {
  /** Names of all clusters that exist or were asked for; `undefined` when they could not be listed. */
  names: string[] | undefined;
  clusters: Cluster[];
}

/** Reads the clusters named in `asked`, or every cluster of the Region. */
export async function readClusters(eks: EKSClient, book: Ledger, wanted: string[] | undefined): Promise<Clusters> {
  const listing = { action: 'eks:ListClusters', hides: [{ slice: 'clusters', scope: { kind: 'all' } }] } as const;
  const names = wanted ?? (await book.read<string[] | undefined>(listing, undefined, () => list(eks)));
  const clusters = await Promise.all(
    (names ?? []).map((name) =>
      book.read(
        { action: 'eks:DescribeCluster', hides: [{ slice: 'clusters', scope: { kind: 'cluster', name } }] },
        undefined,
        () => read(eks, name),
      ),
    ),
  );
  return { names, clusters: clusters.filter((cluster) => cluster !== undefined) };
}

async function list(eks: EKSClient): Promise<string[]> {
  const names: string[] = [];
  for await (const { clusters } of pages(paginateListClusters({ client: eks, pageSize: 100 }, {}))) {
    names.push(...(clusters ?? []));
  }
  return names;
}

async function read(eks: EKSClient, name: string): Promise<Cluster> {
  const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
  return project(name, cluster ?? {});
}

function project(name: string, cluster: Answer): Cluster {
  const { resourcesVpcConfig: network, kubernetesNetworkConfig: kubernetes } = cluster;
  return known({
    arn: cluster.arn ?? '',
    name,
    version: cluster.version ?? '',
    status: cluster.status ?? '',
    endpoint: cluster.endpoint ?? '',
    certificateAuthority: cluster.certificateAuthority?.data ?? '',
    vpcId: network?.vpcId ?? '',
    subnetIds: network?.subnetIds ?? [],
    clusterSecurityGroupId: network?.clusterSecurityGroupId,
    securityGroupIds: network?.securityGroupIds ?? [],
    endpointPublicAccess: network?.endpointPublicAccess ?? false,
    endpointPrivateAccess: network?.endpointPrivateAccess ?? false,
    authenticationMode: cluster.accessConfig?.authenticationMode ?? 'CONFIG_MAP',
    ipFamily: kubernetes?.ipFamily ?? 'ipv4',
    autoModeLoadBalancing: kubernetes?.elasticLoadBalancing?.enabled ?? false,
    createdAt: timeOf(cluster.createdAt),
    tags: cluster.tags ?? {},
  });
}
