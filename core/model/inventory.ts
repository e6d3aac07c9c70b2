import type { Cluster, Listener, LoadBalancer, Target, TargetGroup } from './aws.ts';
import type { Gap } from './gap.ts';
import { indexed } from './indexed.ts';
import type { Owner } from './owner.ts';
import type { GroupSummary } from './report.ts';

/** What a run was asked to look at; without `vpcIds` every VPC, without `clusters` every cluster. */
export interface Scope {
  vpcIds?: string[];
  /** Names. Target groups without an owner are left out then, because another cluster may own them. */
  clusters?: string[];
  /** Only target groups of these Services are read, and only clusters that have one of them. */
  services?: ServiceScope;
  /** Only these target groups are read, by ARN; all others are listed as unread. */
  targetGroups?: string[];
  /** VPCs that some auditor looks at; when told, what is in others becomes a gap that nobody asked for. */
  coveredVpcIds?: string[];
}

/** Services by exact names; every one where a list is absent. */
export interface ServiceScope {
  namespaces?: string[];
  services?: string[];
}

/** What exists in one account and Region: Network Load Balancers, their target groups, EKS clusters, and who owns what. */
export interface Inventory {
  account: string;
  region: string;
  partition: string;
  takenAt: string;
  scope?: Scope;
  clusters: Cluster[];
  loadBalancers: LoadBalancer[];
  listeners: Listener[];
  /** Those that were read in this run; all there are, unless some are in `unread`. */
  targetGroups: TargetGroup[];
  targetHealth: Target[];
  /**
   * All Network Load Balancers, by DNS name, and all target groups, by ARN, that the account has in the Region, whatever the scope and whether
   * they were read; absent where a list was refused.
   */
  existing?: { loadBalancers: string[]; targetGroups: string[] };
  /** Owners known from tags alone; Kubernetes adds the rest when a cluster is collected. */
  owners: Owner[];
  /** True where the tags of everything that exists were read, so that none of those owners is missing. */
  areOwnersWhole?: boolean;
  /** Target groups that are there and whose turn comes in a later run. */
  unread?: GroupSummary[];
  gaps: Gap[];
}

/** The same inventory, whose lists are indexed. */
export const indexInventory = (inventory: Inventory): Inventory => ({
  ...inventory,
  loadBalancers: indexed(inventory.loadBalancers),
  listeners: indexed(inventory.listeners),
  targetGroups: indexed(inventory.targetGroups),
  targetHealth: indexed(inventory.targetHealth),
  gaps: indexed(inventory.gaps),
});
