import { lostBackendsOf } from '../../core/controllers/deleted/lost-backends.ts';
import { clusterOfTags } from '../../core/controllers/tags.ts';
import type { Cluster, Listener, LoadBalancer, Target, TargetGroup } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Gap } from '../../core/model/gap.ts';
import { inOrder, under } from '../../core/model/indexed.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { ForeignBinding } from '../../core/model/kubernetes.ts';
import type { Owner } from '../../core/model/owner.ts';
import type { Vantage } from '../../core/model/probe-result.ts';
import { emptySlices } from '../../core/model/slices.ts';
import { type ClusterReading, kubernetesSliceNames } from '../kubernetes/cluster.ts';
import type { VpcSlices } from './vpc.ts';

/** What EC2 said about one VPC. */
export interface VpcReading {
  slices: VpcSlices;
  gaps: Gap[];
}

/** What was read, to be dealt out. */
export interface Parts {
  inventory: Inventory;
  ownerOf: Map<string, Owner>;
  /** Target groups by the cluster that owns them. */
  ownedBy: Map<string | undefined, TargetGroup[]>;
  /** What all clusters bind. */
  bindings: ForeignBinding[];
  vpcs: Map<string, VpcReading>;
  takenAt: string;
  vantage: Vantage;
}

/** What one cluster said. */
export type Reading = ClusterReading & { cluster: Cluster };

/** Facts about one cluster and the target groups that it owns. */
export function factsOfCluster(parts: Parts, { cluster, slices, gaps }: Reading): Facts {
  const own = parts.ownedBy.get(cluster.name) ?? [];
  const facts = factsAbout(parts, { targetGroups: own, vpcId: cluster.vpcId, clusterName: cluster.name });
  const ofCluster = under(parts.inventory.gaps, clusterOfGap, cluster.name);
  const foreign = bindingsTo(own, parts.bindings).filter((binding) => binding.cluster !== cluster.name);
  return {
    ...facts,
    cluster,
    slices: {
      ...facts.slices,
      ...slices,
      foreignBindings: foreign,
      lostBackends: lostBackendsOf(slices, ownershipIn(parts, cluster.name), parts.inventory),
    },
    gaps: [...facts.gaps, ...ofCluster, ...gaps],
  };
}

/** The owners that are known in a cluster; not all of them while tags of a target group were not read. */
const ownershipIn = ({ inventory, ownerOf }: Parts, cluster: string) => ({
  owners: [...ownerOf.values()].filter((owner) => owner.cluster === cluster),
  isWhole: inventory.areOwnersWhole === true,
});

const clusterOfGap = ({ scope }: Gap) => (scope.kind === 'cluster' ? [scope.name] : []);

/** Those of them that bind one of these target groups. */
const bindingsTo = (targetGroups: TargetGroup[], bindings: ForeignBinding[]): ForeignBinding[] =>
  inOrder(
    bindings,
    targetGroups.flatMap(({ arn, name }) => [under(bindings, boundArn, arn), under(bindings, boundName, name)]),
  );

const boundArn = ({ binding }: ForeignBinding) => [binding.spec.targetGroupARN];
const boundName = ({ binding }: ForeignBinding) => [binding.spec.targetGroupName];

/** One Facts for each VPC with target groups that none of the clusters read owns. */
export function factsOfUnowned(parts: Parts, readings: Pick<Reading, 'cluster' | 'gaps'>[]): Facts[] {
  const { inventory, ownerOf } = parts;
  const read = new Set(inventory.clusters.map(({ name }) => name));
  const left = inventory.targetGroups.filter(({ arn }) => {
    const owner = ownerOf.get(arn);
    return owner === undefined ? inventory.scope?.clusters === undefined : !read.has(owner.cluster);
  });
  return [...Map.groupBy(left, ({ vpcId }) => vpcId)].map(([vpcId, groups]) => {
    const facts = factsAbout(parts, { targetGroups: groups, vpcId });
    const neighbours = readings.filter(({ cluster }) => cluster.vpcId === vpcId);
    return {
      ...facts,
      gaps: [
        ...facts.gaps,
        ...neighbours.flatMap(hidesOwners),
        ...facts.owners.flatMap((owner) => lost(owner, inventory)),
      ],
    };
  });
}

interface Subject {
  targetGroups: TargetGroup[];
  vpcId: string;
  /** Load balancers tagged for this cluster belong to it even when no target group names them. */
  clusterName?: string;
}

/** The target groups given, all that belongs to them, and the VPC. */
function factsAbout(parts: Parts, { targetGroups, vpcId, clusterName }: Subject): Facts {
  const { inventory, ownerOf, vpcs, takenAt, vantage } = parts;
  const { account, region, partition } = inventory;
  const arns = targetGroups.map(({ arn }) => arn);
  const loadBalancers = picked(inventory.loadBalancers, balancerKeys, [
    ...targetGroups.flatMap(({ loadBalancerArns }) => loadBalancerArns),
    ...(clusterName === undefined ? [] : [`cluster ${clusterName}`]),
  ]);
  const vpc = vpcs.get(vpcId);
  return {
    schemaVersion: 1,
    takenAt,
    account,
    region,
    partition,
    vpcId,
    cluster: null,
    owners: targetGroups.flatMap(({ arn }) => ownerOf.get(arn) ?? []),
    vantage,
    slices: {
      ...emptySlices(),
      ...vpc?.slices,
      targetGroups,
      loadBalancers,
      listeners: picked(
        inventory.listeners,
        balancerOf,
        loadBalancers.map(({ arn }) => arn),
      ),
      targetHealth: picked(inventory.targetHealth, targetGroupOf, arns),
    },
    gaps: [
      ...picked(inventory.gaps, concerned, [everything, ...(clusterName === undefined ? [undescribed] : []), ...arns]),
      ...(vpc?.gaps ?? []),
    ],
  };
}

/** What is found under some of these keys, in the order of the list. */
const picked = <Item>(list: Item[], keysOf: (item: Item) => string[], keys: string[]): Item[] =>
  inOrder(
    list,
    keys.map((key) => under(list, keysOf, key)),
  );

function balancerKeys({ arn, tags }: LoadBalancer): string[] {
  const cluster = clusterOfTags(tags);
  return cluster === undefined ? [arn] : [arn, `cluster ${cluster}`];
}

const balancerOf = ({ loadBalancerArn }: Listener): string[] => [loadBalancerArn];
const targetGroupOf = ({ targetGroupArn }: Target): string[] => [targetGroupArn];

const everything = 'everything';
const undescribed = 'a cluster that was not described';

/** A cluster that was not described may own what nobody else owns; other gaps of a cluster are read with it. */
function concerned({ scope, slice }: Gap): string[] {
  switch (scope.kind) {
    case 'all':
      return [everything];
    case 'target-group':
      return [scope.arn];
    case 'target':
      return [scope.targetGroupArn];
    case 'cluster':
      return slice === 'clusters' ? [undescribed] : [];
    case 'target-groups':
      return [];
  }
}

/** A cluster whose Services or bindings are hidden may own any target group of its VPC. */
export const hidesOwners = ({ gaps }: Pick<Reading, 'gaps'>): Gap[] =>
  gaps.filter(({ slice }) => slice === 'services' || slice === 'targetGroupBindings');

/** A cluster that tags name and nobody described: everything in it is unknown for this target group. */
function lost({ cluster, targetGroupArn }: Owner, { gaps }: Inventory): Gap[] {
  const why = gaps.find(
    ({ slice, scope }) =>
      slice === 'clusters' && (scope.kind === 'all' || (scope.kind === 'cluster' && scope.name === cluster)),
  ) ?? {
    reason: 'not-requested',
    action: 'eks:DescribeCluster',
    message: `cluster ${cluster} is in a VPC that was not asked for`,
    remedy: `Audit the VPC of ${cluster} too.`,
  };
  return kubernetesSliceNames.map((slice) => ({ ...why, slice, scope: { kind: 'target-group', arn: targetGroupArn } }));
}
