import { mostTrusted, ownersByKubernetes } from '../../core/controllers/ownership.ts';
import type { Cluster } from '../../core/model/aws.ts';
import type { Gap } from '../../core/model/gap.ts';
import { indexed } from '../../core/model/indexed.ts';
import { type Inventory, indexInventory } from '../../core/model/inventory.ts';
import type { ForeignBinding } from '../../core/model/kubernetes.ts';
import type { Owner } from '../../core/model/owner.ts';
import { hidesOwners, type Parts, type Reading, type VpcReading } from './facts-of.ts';
import { addressesOfThisMachine, type CollectOptions, vantageOf } from './vantage.ts';

/** What one cluster says about target groups of the account: enough to deal them out without the rest of its reading. Plain JSON. */
export interface Claims {
  cluster: Cluster;
  owners: Owner[];
  bindings: ForeignBinding[];
  /** Because of which it may own more. */
  gaps: Gap[];
}

/** The claims of one cluster. */
export function claimsOf(inventory: Inventory, { cluster, slices, gaps }: Reading): Claims {
  const { targetGroups, loadBalancers, targetHealth } = inventory;
  const services = indexed(slices.services);
  return {
    cluster,
    owners: ownersByKubernetes({ cluster, targetGroups, loadBalancers, targetHealth, ...slices, services }),
    bindings: slices.targetGroupBindings.map((binding) => ({ cluster: cluster.name, binding })),
    gaps: hidesOwners({ gaps }),
  };
}

/** Decides which cluster owns which target group, the most trusted claim first, and prepares the Facts of each. */
export function dealOut(
  given: Inventory,
  claims: Claims[],
  { vpcs, vantage, ownAddresses }: CollectOptions & { vpcs: Map<string, VpcReading> },
): Parts {
  const inventory = indexInventory(given);
  const owners = mostTrusted([...claims.flatMap((each) => each.owners), ...inventory.owners]);
  const ownerOf = new Map(owners.map((owner) => [owner.targetGroupArn, owner]));
  const interfaces = [...vpcs.values()].flatMap(({ slices }) => slices.networkInterfaces);
  return {
    inventory,
    ownerOf,
    ownedBy: Map.groupBy(inventory.targetGroups, ({ arn }) => ownerOf.get(arn)?.cluster),
    bindings: indexed(claims.flatMap(({ bindings }) => bindings)),
    vpcs,
    takenAt: new Date().toISOString(),
    vantage: vantage ?? vantageOf(ownAddresses ?? addressesOfThisMachine(), interfaces),
  };
}
