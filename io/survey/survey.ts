import { ownersByTags } from '../../core/controllers/ownership.ts';
import { clusterOfTags } from '../../core/controllers/tags.ts';
import { uncovered } from '../../core/diagnosis/uncovered.ts';
import type { Cluster, LoadBalancer, TargetGroup } from '../../core/model/aws.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Inventory, Scope } from '../../core/model/inventory.ts';
import type { GroupSummary } from '../../core/model/report.ts';
import type { SliceName } from '../../core/model/slices.ts';
import { networkProtocols } from '../../core/survey/network-protocols.ts';
import { emptySurveyMemory, type LastReading, type SurveyMemory } from '../../core/survey/survey-memory.ts';
import type { Clients } from '../aws/clients.ts';
import { ledger, type Reading } from '../aws/ledger.ts';
import { awsRemedy } from '../aws/remedy.ts';
import { readClusters } from './clusters.ts';
import { identify } from './identity.ts';
import { listNetworkLoadBalancers } from './load-balancers.ts';
import { type Listed, type ReadGroups, readGroups, readsTags } from './read-groups.ts';
import { listTargetGroups } from './target-groups.ts';
import type { Turn } from './turn.ts';
import { deferral, listenersDeferral, notAsked, unreadGroups } from './unread-groups.ts';

export interface SurveyOptions {
  /** By default everything is read, in the order in which it is listed. */
  turn?: Turn;
  /** Receives the clusters as soon as they are known, long before target groups are read. */
  onClusters?(clusters: Cluster[]): void;
}

/** What exists, and what the next survey is to remember of it. */
export interface Surveyed {
  inventory: Inventory;
  memory: Pick<SurveyMemory, 'readings' | 'known'>;
}

/**
 * Reads what exists in the account and Region: EKS clusters, Network Load Balancers, their target groups with health,
 * and target groups made for one that no load balancer uses. What is refused becomes a gap and the rest goes on; what
 * time does not last for is listed as unread.
 */
export async function survey(clients: Clients, scope: Scope, options: SurveyOptions = {}): Promise<Surveyed> {
  const takenAt = new Date().toISOString();
  const { eks, elbv2, signal } = clients;
  const { turn = { memory: emptySurveyMemory(), urgent: new Set(), until: Number.POSITIVE_INFINITY }, onClusters } =
    options;
  const book = ledger(awsRemedy, signal);
  const inScope = ({ vpcId }: Cluster): boolean => scope.vpcIds?.includes(vpcId) ?? true;
  const readingClusters = readClusters(eks, book, scope.clusters).then((read) => {
    onClusters?.(read.clusters.filter(inScope));
    return read;
  });
  const [region, { names, clusters: named }, loadBalancers, targetGroups] = await Promise.all([
    eks.config.region(),
    readingClusters,
    book.read<LoadBalancer[] | undefined>(whole('DescribeLoadBalancers', 'loadBalancers'), undefined, () =>
      listNetworkLoadBalancers(elbv2),
    ),
    book.read<TargetGroup[] | undefined>(whole('DescribeTargetGroups', 'targetGroups'), undefined, () =>
      listTargetGroups(elbv2),
    ),
  ]);
  const clusters = named.filter(inScope);
  const found = { clusters, loadBalancers: loadBalancers ?? [], targetGroups: targetGroups ?? [] };
  const ofNetwork = found.targetGroups.filter(({ protocol }) => networkProtocols.has(protocol));
  const beyond = scope.coveredVpcIds
    ? uncovered(scope.coveredVpcIds, { clusters: named, targetGroups: ofNetwork })
    : [];
  const listed = nearby(scope, found);
  const read = await readGroups(elbv2, book, { listed, scope, turn });
  const owners = ownersByTags([...read.targetGroups, ...read.unread], read.loadBalancers);
  const unread = unreadGroups(read, owners, turn.memory);
  const isWhole = loadBalancers !== undefined && targetGroups !== undefined;

  return {
    inventory: {
      ...(await identify(clients, book, clusters[0] ?? found.targetGroups[0] ?? found.loadBalancers[0])),
      region,
      takenAt,
      scope,
      clusters,
      loadBalancers: concerned(read, scope),
      listeners: read.listeners,
      targetGroups: read.targetGroups,
      targetHealth: read.targetHealth,
      ...(loadBalancers &&
        targetGroups && {
          existing: {
            loadBalancers: loadBalancers.map(({ dnsName }) => dnsName.toLowerCase()),
            targetGroups: targetGroups.map(({ arn }) => arn),
          },
        }),
      owners: owners.filter(({ cluster }) => names?.includes(cluster) ?? true),
      areOwnersWhole:
        unread.every(({ service }) => service !== null) && book.gaps().every(({ action }) => action !== readsTags),
      ...(unread.length > 0 && { unread }),
      gaps: [...book.gaps(), ...beyond, ...gapsOf(unread, scope), ...read.unfinished.map(listenersDeferral)],
    },
    memory: isWhole ? remembered(read, turn.memory) : turn.memory,
  };
}

/** Of target groups that are not read: those that the run is about come later, the others were not asked for. */
function gapsOf(unread: GroupSummary[], { targetGroups }: Scope): Gap[] {
  const late = targetGroups ? unread.filter(({ targetGroupArn }) => targetGroups.includes(targetGroupArn)) : unread;
  const others = unread.length - late.length;
  return [...(late.length > 0 ? [deferral(late.length)] : []), ...(others > 0 ? [notAsked(others)] : [])];
}

/** Of what is there: the latest reading of each, and the answers that are known. */
const remembered = (
  { targetGroups, unread, readings, known }: ReadGroups,
  before: SurveyMemory,
): Surveyed['memory'] => ({
  readings: new Map(
    [...targetGroups, ...unread].flatMap(({ arn }): [string, LastReading][] => {
      const reading = readings.get(arn) ?? before.readings.get(arn);
      return reading === undefined ? [] : [[arn, reading]];
    }),
  ),
  known: new Map([...known].filter(([, answers]) => Object.keys(answers).length > 0)),
});

const whole = (operation: string, slice: SliceName): Reading => ({
  action: `elasticloadbalancing:${operation}`,
  hides: [{ slice, scope: { kind: 'all' } }],
});

interface Found extends Listed {
  clusters: Cluster[];
}

/**
 * Network Load Balancers in the VPCs asked for, and target groups made for one. Those that nothing uses count only where
 * a cluster or a Network Load Balancer is.
 */
function nearby({ vpcIds, clusters: wanted }: Scope, { clusters, loadBalancers, targetGroups }: Found): Listed {
  const places = wanted ? clusters.map(({ vpcId }) => vpcId) : vpcIds;
  const populated = new Set([...clusters, ...loadBalancers].map(({ vpcId }) => vpcId));
  const inPlace = ({ vpcId }: { vpcId: string }): boolean => places?.includes(vpcId) ?? true;
  return {
    loadBalancers: loadBalancers.filter(inPlace),
    targetGroups: targetGroups.filter(
      (group) =>
        networkProtocols.has(group.protocol) &&
        inPlace(group) &&
        (group.loadBalancerArns.length > 0 || populated.has(group.vpcId)),
    ),
  };
}

/** Without load balancers that neither a target group nor a cluster's tag names. */
function concerned({ loadBalancers, targetGroups, unread }: ReadGroups, { clusters: wanted }: Scope): LoadBalancer[] {
  const isWanted = (cluster: string): boolean => wanted?.includes(cluster) ?? true;
  const used = new Set([...targetGroups, ...unread].flatMap(({ loadBalancerArns }) => loadBalancerArns));
  return loadBalancers.filter(({ arn, tags }) => {
    const cluster = clusterOfTags(tags);
    return used.has(arn) || (cluster !== undefined && isWanted(cluster));
  });
}
