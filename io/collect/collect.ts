import pLimit from 'p-limit';
import { mostTrusted, ownersByKubernetes } from '../../core/controllers/ownership.ts';
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
import { bindingsOfAll, factsOfCluster, factsOfUnowned, type Parts, type VpcReading } from './facts-of.ts';
import { addressesOfThisMachine, vantageOf } from './vantage.ts';
import { noVpcSlices, readVpcSlices, unreadVpc } from './vpc.ts';

export interface CollectOptions {
  /** Where probes start, when that is known from the settings of the function. */
  vantage?: Vantage;
  /** Addresses by which to find that place otherwise; by default those of this machine. */
  ownAddresses?: string[];
}

const clustersAtOnce = 5;

/**
 * Reads every cluster and VPC of the inventory, each once, and tells who owns what. One Facts for each cluster, and one
 * for each VPC with target groups that no readable cluster owns; probes are still missing.
 */
export async function collect(given: Inventory, clients: Clients, options: CollectOptions = {}): Promise<Facts[]> {
  const inventory = indexInventory(given);
  const { clusters, targetGroups, loadBalancers, targetHealth } = inventory;
  const limit = pLimit(clustersAtOnce);
  const [vpcs, readings] = await Promise.all([
    readVpcs(inventory, clients),
    Promise.all(clusters.map((cluster) => limit(async () => ({ cluster, ...(await readCluster(clients, cluster)) })))),
  ]);
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

async function readVpcs(inventory: Inventory, { ec2, signal }: Clients): Promise<Map<string, VpcReading>> {
  const ids = new Set([...inventory.clusters, ...inventory.targetGroups].map(({ vpcId }) => vpcId));
  const readings = [...ids].map(async (vpcId): Promise<[string, VpcReading]> => {
    const book = ledger(awsRemedy, signal);
    try {
      return [vpcId, { slices: await readVpcSlices(ec2, vpcId, book), gaps: book.gaps() }];
    } catch (error) {
      if (misconfiguration(error) !== undefined) throw error;
      return [vpcId, { slices: noVpcSlices, gaps: [...book.gaps(), ...unreadVpc(bugOf(error))] }];
    }
  });
  return new Map(await Promise.all(readings));
}
