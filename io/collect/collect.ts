import pLimit from 'p-limit';
import type { Cluster, TargetGroup } from '../../core/aws.ts';
import { emptySlices, type Facts } from '../../core/facts.ts';
import type { Gap } from '../../core/gap.ts';
import type { Inventory } from '../../core/inventory.ts';
import type { Owner } from '../../core/owner.ts';
import { clusterOfTags, mostTrusted, ownersByKubernetes } from '../../core/ownership.ts';
import type { Vantage } from '../../core/probe.ts';
import { awsRemedy } from '../aws-remedy.ts';
import type { Clients } from '../clients.ts';
import { ledger } from '../ledger.ts';
import { type ClusterReading, kubernetesSliceNames, readCluster } from './cluster.ts';
import { addressesOfThisMachine, vantageOf } from './vantage.ts';
import { readVpcSlices, type VpcSlices } from './vpc.ts';

export interface CollectOptions {
  /** Where probes start, when that is known from the settings of the function. */
  vantage?: Vantage;
  /** Addresses by which to find that place otherwise; by default those of this machine. */
  ownAddresses?: string[];
}

interface VpcReading {
  slices: VpcSlices;
  gaps: Gap[];
}

const clustersAtOnce = 5;

/**
 * Reads every cluster and VPC of the inventory, each once, and tells who owns what. One Facts for each cluster, and one
 * for each VPC with target groups that no readable cluster owns; probes are still missing.
 */
export async function collect(inventory: Inventory, clients: Clients, options: CollectOptions = {}): Promise<Facts[]> {
  const { clusters, targetGroups, loadBalancers } = inventory;
  const limit = pLimit(clustersAtOnce);
  const [vpcs, readings] = await Promise.all([
    readVpcs(inventory, clients),
    Promise.all(clusters.map((cluster) => limit(async () => ({ cluster, ...(await readCluster(clients, cluster)) })))),
  ]);
  const claimed = readings.flatMap(({ cluster, slices }) =>
    ownersByKubernetes({ cluster, targetGroups, loadBalancers, ...slices }),
  );
  const ownerOf = new Map(mostTrusted([...claimed, ...inventory.owners]).map((owner) => [owner.targetGroupArn, owner]));
  const interfaces = [...vpcs.values()].flatMap(({ slices }) => slices.networkInterfaces);
  const parts: Parts = {
    inventory,
    ownerOf,
    vpcs,
    takenAt: new Date().toISOString(),
    vantage: options.vantage ?? vantageOf(options.ownAddresses ?? addressesOfThisMachine(), interfaces),
  };
  return [...readings.map((reading) => factsOfCluster(parts, reading)), ...factsOfUnowned(parts, readings)];
}

interface Parts {
  inventory: Inventory;
  ownerOf: Map<string, Owner>;
  vpcs: Map<string, VpcReading>;
  takenAt: string;
  vantage: Vantage;
}

type Reading = ClusterReading & { cluster: Cluster };

async function readVpcs(inventory: Inventory, { ec2, signal }: Clients): Promise<Map<string, VpcReading>> {
  const ids = new Set([...inventory.clusters, ...inventory.targetGroups].map(({ vpcId }) => vpcId));
  const readings = [...ids].map(async (vpcId): Promise<[string, VpcReading]> => {
    const book = ledger(awsRemedy, signal);
    return [vpcId, { slices: await readVpcSlices(ec2, vpcId, book), gaps: book.gaps() }];
  });
  return new Map(await Promise.all(readings));
}

function factsOfCluster(parts: Parts, { cluster, slices, gaps }: Reading): Facts {
  const own = parts.inventory.targetGroups.filter(({ arn }) => parts.ownerOf.get(arn)?.cluster === cluster.name);
  const facts = factsAbout(parts, { targetGroups: own, vpcId: cluster.vpcId, clusterName: cluster.name });
  const ofCluster = parts.inventory.gaps.filter(({ scope }) => scope.kind === 'cluster' && scope.name === cluster.name);
  return {
    ...facts,
    cluster,
    slices: { ...facts.slices, ...slices },
    gaps: [...facts.gaps, ...ofCluster, ...gaps],
  };
}

function factsOfUnowned(parts: Parts, readings: Reading[]): Facts[] {
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

/** A cluster that tags name and nobody could describe: everything in it is unknown for this target group. */
function lost({ cluster, targetGroupArn }: Owner, { gaps }: Inventory): Gap[] {
  const why = gaps.find(
    ({ slice, scope }) =>
      slice === 'clusters' && (scope.kind === 'all' || (scope.kind === 'cluster' && scope.name === cluster)),
  );
  if (why === undefined) return [];
  return kubernetesSliceNames.map((slice) => ({ ...why, slice, scope: { kind: 'target-group', arn: targetGroupArn } }));
}
