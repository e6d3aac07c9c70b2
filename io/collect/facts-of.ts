import type { Cluster, TargetGroup } from '../../core/aws.ts';
import { emptySlices, type Facts } from '../../core/facts.ts';
import type { Gap } from '../../core/gap.ts';
import type { Inventory } from '../../core/inventory.ts';
import type { ForeignBinding } from '../../core/kubernetes.ts';
import type { Owner } from '../../core/owner.ts';
import { clusterOfTags } from '../../core/owner-tags.ts';
import type { Vantage } from '../../core/probe.ts';
import { type ClusterReading, kubernetesSliceNames } from './cluster.ts';
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
  vpcs: Map<string, VpcReading>;
  takenAt: string;
  vantage: Vantage;
  readings: Reading[];
}

/** What one cluster said. */
export type Reading = ClusterReading & { cluster: Cluster };

/** Facts about one cluster and the target groups that it owns. */
export function factsOfCluster(parts: Parts, { cluster, slices, gaps }: Reading): Facts {
  const own = parts.inventory.targetGroups.filter(({ arn }) => parts.ownerOf.get(arn)?.cluster === cluster.name);
  const facts = factsAbout(parts, { targetGroups: own, vpcId: cluster.vpcId, clusterName: cluster.name });
  const others = parts.readings.filter((reading) => reading.cluster !== cluster);
  const ofCluster = parts.inventory.gaps.filter(({ scope }) => scope.kind === 'cluster' && scope.name === cluster.name);
  return {
    ...facts,
    cluster,
    slices: { ...facts.slices, ...slices, foreignBindings: others.flatMap((other) => bindingsTo(own, other)) },
    gaps: [...facts.gaps, ...ofCluster, ...gaps],
  };
}

/** What another cluster binds of these target groups. */
const bindingsTo = (targetGroups: TargetGroup[], { cluster, slices }: Reading): ForeignBinding[] =>
  slices.targetGroupBindings
    .filter(({ spec }) =>
      targetGroups.some(({ arn, name }) => spec.targetGroupARN === arn || spec.targetGroupName === name),
    )
    .map((binding) => ({ cluster: cluster.name, binding }));

/** One Facts for each VPC with target groups that none of the clusters read owns. */
export function factsOfUnowned(parts: Parts, readings: Reading[]): Facts[] {
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
  const arns = new Set(targetGroups.map(({ arn }) => arn));
  const used = new Set(targetGroups.flatMap(({ loadBalancerArns }) => loadBalancerArns));
  const loadBalancers = inventory.loadBalancers.filter(
    ({ arn, tags }) => used.has(arn) || (clusterName !== undefined && clusterOfTags(tags) === clusterName),
  );
  const balancers = new Set(loadBalancers.map(({ arn }) => arn));
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
      listeners: inventory.listeners.filter(({ loadBalancerArn }) => balancers.has(loadBalancerArn)),
      targetHealth: inventory.targetHealth.filter(({ targetGroupArn }) => arns.has(targetGroupArn)),
    },
    gaps: [...inventory.gaps.filter(({ scope }) => concerns(scope, arns)), ...(vpc?.gaps ?? [])],
  };
}

const concerns = (scope: Gap['scope'], targetGroupArns: Set<string>): boolean =>
  scope.kind === 'all' ||
  (scope.kind === 'target-group' && targetGroupArns.has(scope.arn)) ||
  (scope.kind === 'target' && targetGroupArns.has(scope.targetGroupArn));

/** A cluster whose Services or bindings are hidden may own any target group of its VPC. */
const hidesOwners = ({ gaps }: Reading): Gap[] =>
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
