import type { Inventory } from '../../core/model/inventory.ts';
import { connect } from '../aws/clients.ts';
import { readVpcOf } from '../collect/collect.ts';
import type { Network } from './plan.ts';
import { stageCost } from './stage-cost.ts';

export interface NetworkStageOptions {
  memoryMb: number;
  /** Epoch milliseconds at which the stage is killed. */
  endsAt: number;
}

/** Milliseconds to write what was read. */
const reserveMs = 10_000;

/** Reads the VPCs of clusters and target groups, once for all parts. What is refused is a gap. */
export async function networkStage(inventory: Inventory, { memoryMb, endsAt }: NetworkStageOptions): Promise<Network> {
  const began = Date.now();
  const signal = AbortSignal.timeout(Math.max(0, endsAt - reserveMs - began));
  const clients = connect({ callsPerSecond: 1, signal });
  try {
    const ids = new Set([...inventory.clusters, ...inventory.targetGroups].map(({ vpcId }) => vpcId));
    const vpcs = await Promise.all([...ids].map(async (id) => [id, await readVpcOf(id, clients)] as const));
    return { vpcs: vpcs.map(([id, reading]) => [id, reading]), cost: stageCost(clients.usage(), began, memoryMb) };
  } finally {
    clients.close();
  }
}
