import type { Cluster, Listener, LoadBalancer, Target, TargetGroup } from './aws.ts';
import type { Gap } from './gap.ts';
import type { Owner } from './owner.ts';

/** What exists in one account and Region: Network Load Balancers, their target groups, EKS clusters, and who owns what. */
export interface Inventory {
  account: string;
  region: string;
  partition: string;
  takenAt: string;
  clusters: Cluster[];
  loadBalancers: LoadBalancer[];
  listeners: Listener[];
  targetGroups: TargetGroup[];
  targetHealth: Target[];
  /** Owners known from tags alone; Kubernetes adds the rest when a cluster is collected. */
  owners: Owner[];
  gaps: Gap[];
}
