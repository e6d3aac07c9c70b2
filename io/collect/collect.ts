import pLimit from 'p-limit';
import type { Cluster } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import { type Inventory, indexInventory, type ServiceScope } from '../../core/model/inventory.ts';
import type { Clients } from '../aws/clients.ts';
import { ledger } from '../aws/ledger.ts';
import { bugOf } from '../aws/refusal.ts';
import { awsRemedy } from '../aws/remedy.ts';
import { readCluster } from '../kubernetes/cluster.ts';
import { misconfiguration } from '../misconfiguration.ts';
import { claimsOf, dealOut } from './deal-out.ts';
import { factsOfCluster, factsOfUnowned, type Reading, type VpcReading } from './facts-of.ts';
import type { CollectOptions } from './vantage.ts';
import { noVpcSlices, readVpcSlices, unreadVpc } from './vpc.ts';

const clustersAtOnce = 5;

export interface ReadOptions {
  /** What is not read when it aborts is a gap; by default that of the clients. */
  signal?: AbortSignal | undefined;
  /** Logs of pods that only other Services lead to are left alone. */
  services?: ServiceScope | undefined;
}

/** Clusters and VPCs that are being read. */
export interface Collecting {
  readings: Promise<Reading>[];
  vpcs: Map<string, Promise<VpcReading>>;
}

/** Begins to read these clusters, in this order, and their VPCs. */
export function beginCollecting(clusters: Cluster[], clients: Clients, options: ReadOptions = {}): Collecting {
  const readings = readClustersOf(clusters, clients, options);
  const vpcs = new Map([...new Set(clusters.map(({ vpcId }) => vpcId))].map((id) => [id, readVpcOf(id, clients)]));
  // Whoever collects takes a failure; until then it must not end the process.
  for (const each of [...readings, ...vpcs.values()]) each.catch(() => undefined);
  return { readings, vpcs };
}

/** Begins to read these clusters, a few at once, in this order. */
export function readClustersOf(
  clusters: Cluster[],
  clients: Clients,
  { signal = clients.signal, services }: ReadOptions,
): Promise<Reading>[] {
  const limit = pLimit(clustersAtOnce);
  const timed = { ...clients, signal };
  return clusters.map((cluster) => limit(async () => ({ cluster, ...(await readCluster(timed, cluster, services)) })));
}

/**
 * Reads every cluster and VPC of the inventory that is not being read already, each once, and tells who owns what. One
 * Facts for each cluster, and one for each VPC with target groups that no readable cluster owns; probes are still missing.
 */
export async function collect(
  given: Inventory,
  clients: Clients,
  {
    begun = beginCollecting(given.clusters, clients, { services: given.scope?.services }),
    ...options
  }: CollectOptions & { begun?: Collecting } = {},
): Promise<Facts[]> {
  const inventory = indexInventory(given);
  const ids = new Set([...inventory.clusters, ...inventory.targetGroups].map(({ vpcId }) => vpcId));
  const [vpcList, read] = await Promise.all([
    Promise.all([...ids].map(async (id) => [id, await (begun.vpcs.get(id) ?? readVpcOf(id, clients))] as const)),
    Promise.all(begun.readings),
  ]);
  const vpcs = new Map(vpcList);
  const readingOf = new Map(read.map((reading) => [reading.cluster.name, reading]));
  const readings = inventory.clusters.flatMap(({ name }) => readingOf.get(name) ?? []);
  const parts = dealOut(
    inventory,
    readings.map((reading) => claimsOf(inventory, reading)),
    { vpcs, ...options },
  );
  return [...readings.map((reading) => factsOfCluster(parts, reading)), ...factsOfUnowned(parts, readings)];
}

/** Reads one VPC; what is refused is a gap. */
export async function readVpcOf(vpcId: string, { ec2, signal }: Clients): Promise<VpcReading> {
  const book = ledger(awsRemedy, signal);
  try {
    return { slices: await readVpcSlices(ec2, vpcId, book), gaps: book.gaps() };
  } catch (error) {
    if (misconfiguration(error) !== undefined) throw error;
    return { slices: noVpcSlices, gaps: [...book.gaps(), ...unreadVpc(bugOf(error))] };
  }
}
