import pLimit from 'p-limit';
import { mostTrusted, ownersByKubernetes } from '../../core/controllers/ownership.ts';
import type { Cluster } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import { indexed } from '../../core/model/indexed.ts';
import { type Inventory, indexInventory } from '../../core/model/inventory.ts';
import type { Vantage } from '../../core/model/probe-result.ts';
import type { Clients } from '../aws/clients.ts';
import { ledger } from '../aws/ledger.ts';
import { bugOf } from '../aws/refusal.ts';
import { awsRemedy } from '../aws/remedy.ts';
import { readCluster } from '../kubernetes/cluster.ts';
import { misconfiguration } from '../misconfiguration.ts';
import {
  bindingsOfAll,
  factsOfCluster,
  factsOfUnowned,
  type Parts,
  type Reading,
  type VpcReading,
} from './facts-of.ts';
import { addressesOfThisMachine, vantageOf } from './vantage.ts';
import { noVpcSlices, readVpcSlices, unreadVpc } from './vpc.ts';

export interface CollectOptions {
  /** Where probes start, when that is known from the settings of the function. */
  vantage?: Vantage;
  /** Addresses by which to find that place otherwise; by default those of this machine. */
  ownAddresses?: string[];
}

const clustersAtOnce = 5;

/** Clusters and VPCs that are being read. */
export interface Collecting {
  readings: Promise<Reading>[];
  vpcs: Map<string, Promise<VpcReading>>;
}

/** Begins to read these clusters, in this order, and their VPCs. What is not read when `signal` aborts is a gap. */
export function beginCollecting(clusters: Cluster[], clients: Clients, signal = clients.signal): Collecting {
  const limit = pLimit(clustersAtOnce);
  const timed = { ...clients, signal };
  const readings = clusters.map((cluster) => limit(async () => ({ cluster, ...(await readCluster(timed, cluster)) })));
  const vpcs = new Map([...new Set(clusters.map(({ vpcId }) => vpcId))].map((id) => [id, readVpcOf(id, clients)]));
  // Whoever collects takes a failure; until then it must not end the process.
  for (const each of [...readings, ...vpcs.values()]) each.catch(() => undefined);
  return { readings, vpcs };
}

/**
 * Reads every cluster and VPC of the inventory that is not being read already, each once, and tells who owns what. One
 * Facts for each cluster, and one for each VPC with target groups that no readable cluster owns; probes are still missing.
 */
export async function collect(
  given: Inventory,
  clients: Clients,
  { begun = beginCollecting(given.clusters, clients), ...options }: CollectOptions & { begun?: Collecting } = {},
): Promise<Facts[]> {
  const inventory = indexInventory(given);
  const { targetGroups, loadBalancers, targetHealth } = inventory;
  const ids = new Set([...inventory.clusters, ...targetGroups].map(({ vpcId }) => vpcId));
  const [vpcList, read] = await Promise.all([
    Promise.all([...ids].map(async (id) => [id, await (begun.vpcs.get(id) ?? readVpcOf(id, clients))] as const)),
    Promise.all(begun.readings),
  ]);
  const vpcs = new Map(vpcList);
  const readingOf = new Map(read.map((reading) => [reading.cluster.name, reading]));
  const readings = inventory.clusters.flatMap(({ name }) => readingOf.get(name) ?? []);
  const claimed = readings.flatMap(({ cluster, slices }) =>
    ownersByKubernetes({
      cluster,
      targetGroups,
      loadBalancers,
      targetHealth,
      ...slices,
      services: indexed(slices.services),
    }),
  );
  const ownerOf = new Map(mostTrusted([...claimed, ...inventory.owners]).map((owner) => [owner.targetGroupArn, owner]));
  const interfaces = [...vpcs.values()].flatMap(({ slices }) => slices.networkInterfaces);
  const parts: Parts = {
    inventory,
    ownerOf,
    ownedBy: Map.groupBy(targetGroups, ({ arn }) => ownerOf.get(arn)?.cluster),
    bindings: bindingsOfAll(readings),
    vpcs,
    takenAt: new Date().toISOString(),
    vantage: options.vantage ?? vantageOf(options.ownAddresses ?? addressesOfThisMachine(), interfaces),
  };
  return [...readings.map((reading) => factsOfCluster(parts, reading)), ...factsOfUnowned(parts, readings)];
}

async function readVpcOf(vpcId: string, { ec2, signal }: Clients): Promise<VpcReading> {
  const book = ledger(awsRemedy, signal);
  try {
    return { slices: await readVpcSlices(ec2, vpcId, book), gaps: book.gaps() };
  } catch (error) {
    if (misconfiguration(error) !== undefined) throw error;
    return { slices: noVpcSlices, gaps: [...book.gaps(), ...unreadVpc(bugOf(error))] };
  }
}
