import type { NetworkInterface, Target } from '../../model/aws.ts';
import type { FlowReading, RecordedFlow } from '../../model/flow-logs/flow-reading.ts';
import { under, withId } from '../../model/indexed.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { interfaceOf, ownAddress } from '../../network/interfaces.ts';
import { checkSources } from './check-sources.ts';
import { filtersOfInterface } from './flow-queries.ts';

/**
 * What became of health checks at the interface of their target: a security group or network ACL rejected them, or what the
 * target answered; they were let in and nothing was sent back; they were answered; or none arrived.
 */
export type CheckFate = 'rejected' | 'answer-rejected' | 'unanswered' | 'answered' | 'missing';

/** What a flow log says of the health checks of one target. */
export interface HealthCheckFlows {
  fate: CheckFate;
  reading: FlowReading;
  /** Nodes of the load balancer of whose checks it is so, of all. */
  peers: string[];
  of: number;
}

type Places = Pick<Slices, 'flowLogs' | 'networkInterfaces' | 'subnets'>;

const minute = 60_000;
/** Minutes within which records are delivered (VPC user guide, "Flow log records", "Aggregation interval"): capture, then about 10 minutes to S3. */
const lateMinutes = 15;

/** The most telling of the fates of the checks from each node; `undefined` where that is not read, or says nothing. */
export function healthCheckFlows(
  target: Target,
  group: TargetGroupContext,
  slices: Places,
): HealthCheckFlows | undefined {
  const there = interfaceOf(target, group.targetGroup, slices.networkInterfaces);
  const sources = checkSources(group, slices);
  const reading = there && readingAbout(there, { sources, port: target.healthCheckPort }, slices);
  if (there === undefined || reading === undefined || sources.length === 0) return undefined;
  const isOwn = reading.networkInterfaceId === there.id;
  const isPrimary = target.id.startsWith('i-') || ownAddress(there, target.id) === target.id;
  const isAbout = ({ port, address }: RecordedFlow): boolean =>
    port === target.healthCheckPort && (isPrimary || !isOwn || address === undefined || address === target.id);
  const own = reading.flows.filter(isAbout);
  const interval = group.targetGroup.healthCheck.intervalSeconds * 1000;
  const oldest = Date.parse(reading.to) - lateMinutes * minute - 2 * interval;
  const fates = sources.map((peer) => ({
    peer,
    fate: fateOf(
      own.filter((flow) => flow.peer === peer && Date.parse(flow.last) >= oldest),
      reading,
      isPrimary || reading.namesAddresses,
    ),
  }));
  const isEmpty = own.length === 0 && reading.hasRecords && !reading.isCut && reading.traffic === 'ALL';
  if (isEmpty) return { fate: 'missing', reading, peers: sources, of: sources.length };
  const told = isOwn
    ? (['rejected', 'answer-rejected', 'unanswered', 'answered'] as const)
    : (['rejected', 'answer-rejected'] as const);
  for (const fate of told) {
    const peers = fates.filter((each) => each.fate === fate).map(({ peer }) => peer);
    if (peers.length > 0) return { fate, reading, peers, of: sources.length };
  }
  return undefined;
}

/** Of the interface, or of one behind the same filters: what is rejected there, or lost before, is so here. */
function readingAbout(
  there: NetworkInterface,
  { sources, port }: { sources: string[]; port: number },
  { flowLogs, networkInterfaces }: Places,
): FlowReading | undefined {
  const isAbout = ({ peers, ports }: FlowReading): boolean =>
    ports.includes(port) && sources.every((source) => peers.includes(source));
  const [own] = under(flowLogs, interfaceIdOf, there.id);
  if (own !== undefined) return isAbout(own) ? own : undefined;
  return flowLogs.find((reading) => {
    const other = withId(networkInterfaces, reading.networkInterfaceId);
    return other !== undefined && isAbout(reading) && filtersOfInterface(other) === filtersOfInterface(there);
  });
}

const interfaceIdOf = ({ networkInterfaceId }: FlowReading): string[] => [networkInterfaceId];

/** Security groups and network ACLs act on the whole interface, so that a rejection holds for each address behind it. */
function fateOf(flows: RecordedFlow[], { traffic }: FlowReading, isTold: boolean): CheckFate | undefined {
  const lastOf = (direction: RecordedFlow['direction'], action: RecordedFlow['action']): number =>
    Math.max(
      0,
      ...flows
        .filter((flow) => flow.direction === direction && flow.action === action)
        .map(({ last }) => Date.parse(last)),
    );
  if (lastOf('in', 'REJECT') > lastOf('in', 'ACCEPT')) return 'rejected';
  if (lastOf('out', 'REJECT') > lastOf('out', 'ACCEPT')) return 'answer-rejected';
  if (lastOf('in', 'ACCEPT') === 0 || !isTold) return undefined;
  if (lastOf('out', 'ACCEPT') > 0) return 'answered';
  return traffic === 'ALL' ? 'unanswered' : undefined;
}
