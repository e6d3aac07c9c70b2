import type { Judged } from '../../../core/diagnosis/measured/worth-reading.ts';
import { type FlowQuery, flowQueries } from '../../../core/history/flow-logs/flow-queries.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { FlowReading } from '../../../core/model/flow-logs/flow-reading.ts';
import type { Gap } from '../../../core/model/gap.ts';
import type { Clients } from '../../aws/clients.ts';
import { type Ledger, ledger } from '../../aws/ledger.ts';
import { awsRemedy } from '../../aws/remedy.ts';
import { timeOf } from '../../aws/time.ts';
import { type FlowLog, readFlowLogs } from './flow-log.ts';
import { type FlowTally, flowTally } from './flow-record.ts';
import { listFiles, readFiles } from './from-bucket.ts';
import { notReadable } from './not-readable.ts';
import type { Stretch } from './stretch.ts';

const minute = 60_000;
/** Minutes before the run: health checks come every few seconds, and records up to 15 minutes late. */
const minutesRead = 25;
const hidden = [{ slice: 'flowLogs', scope: { kind: 'all' } }] as const;

/** The same Facts with what flow logs recorded of the health checks of silent targets; where there are none, without a single call. */
export async function withFlowLogs(judged: Judged[], clients: Clients): Promise<Judged[]> {
  const read: Judged[] = [];
  // One after the other: what many clusters of a VPC read counts against one quota.
  for (const { facts, worth } of judged) {
    const { queries, left } = flowQueries(facts, worth.silent);
    read.push({ facts: queries.length === 0 ? facts : await readFor(facts, clients, { queries, left }), worth });
  }
  return read;
}

async function readFor(
  facts: Facts,
  clients: Clients,
  { queries, left }: ReturnType<typeof flowQueries>,
): Promise<Facts> {
  const book = ledger(awsRemedy, clients.signal);
  const resources = [...new Set(queries.flatMap(resourcesOf))];
  const flowLogs = await book.read({ action: 'ec2:DescribeFlowLogs', hides: hidden }, [], () =>
    readFlowLogs(clients.ec2, resources),
  );
  const to = Math.floor(Date.parse(facts.takenAt) / minute) * minute;
  const stretch = { from: to - minutesRead * minute, to };
  const chosen = queries.flatMap((query) => {
    const flowLog = bestOf(flowLogs, query);
    return flowLog === undefined ? [] : [{ flowLog, query, tally: flowTally(flowLog.fields, query) }];
  });
  const unreadable = new Map<string, string>();
  const readings: FlowReading[] = [];
  for (const [{ id, destination }, those] of Map.groupBy(chosen, ({ flowLog }) => flowLog)) {
    if (destination.kind === 'unreadable') unreadable.set(id, destination.why);
    readings.push(...(await readOne(those, { facts, clients, book, stretch })));
  }
  return {
    ...facts,
    slices: { ...facts.slices, flowLogs: readings },
    gaps: [
      ...facts.gaps,
      ...book.gaps(),
      ...[...unreadable].map(([id, why]) => notReadable(id, why)),
      ...left.map(leftOut),
    ],
  };
}

/** What a flow log can record, from the narrowest to the widest. */
const resourcesOf = ({ networkInterfaceId, subnetId, vpcId }: FlowQuery): string[] => [
  networkInterfaceId,
  subnetId,
  vpcId,
];

/** The flow log that says most of an interface: one that can be read, of all packets, in a log group where a few records can be found. */
function bestOf(flowLogs: FlowLog[], query: FlowQuery): FlowLog | undefined {
  const rank = ({ destination, traffic }: FlowLog): number =>
    (destination.kind === 'unreadable' ? 4 : 0) + (traffic === 'ALL' ? 0 : 2) + (destination.kind === 'bucket' ? 1 : 0);
  return flowLogs
    .filter(({ resourceId }) => resourcesOf(query).includes(resourceId))
    .toSorted((a, b) => rank(a) - rank(b))[0];
}

interface Chosen {
  flowLog: FlowLog;
  query: FlowQuery;
  tally: FlowTally;
}

/** What one flow log says of these interfaces. */
async function readOne(
  chosen: Chosen[],
  { facts, clients, book, stretch }: { facts: Facts; clients: Clients; book: Ledger; stretch: Stretch },
): Promise<FlowReading[]> {
  const readings: FlowReading[] = [];
  const [first] = chosen;
  if (first === undefined || first.flowLog.destination.kind === 'unreadable') return [];
  const { destination } = first.flowLog;
  if (destination.kind === 'log-group') {
    for (const { flowLog, query, tally } of chosen) {
      const done = await book.read({ action: 'logs:FilterLogEvents', hides: hidden }, undefined, async () =>
        (await import('./from-log-group.ts')).fromLogGroup(
          await clients.cloudWatchLogs(),
          { name: destination.name, query, tally },
          stretch,
        ),
      );
      if (done === undefined) break;
      readings.push(readingOf({ flowLog, query, tally }, stretch, done.isCut));
    }
    return readings;
  }
  const place = { flowLogId: first.flowLog.id, account: facts.account, region: facts.region, bucket: destination };
  const files = await book.read({ action: 's3:ListBucket', hides: hidden }, undefined, async () =>
    listFiles(await clients.flowLogBucket(), place, stretch),
  );
  if (files === undefined) return [];
  const done = await book.read({ action: 's3:GetObject', hides: hidden }, undefined, async () =>
    readFiles(await clients.flowLogBucket(), { bucket: destination.name, files }, (line) => {
      for (const { tally } of chosen) tally.add(line);
    }),
  );
  return done === undefined ? [] : chosen.map((each) => readingOf(each, stretch, done.isCut));
}

function readingOf({ flowLog, query, tally }: Chosen, { from, to }: Stretch, isCut: boolean): FlowReading {
  const { networkInterfaceId, peers, ports } = query;
  const read = tally.reading();
  return {
    networkInterfaceId,
    flowLogId: flowLog.id,
    peers,
    ports,
    traffic: flowLog.traffic,
    from: timeOf(new Date(from)) ?? '',
    to: timeOf(new Date(to)) ?? '',
    ...read,
    isCut: read.isCut || isCut,
  };
}

const leftOut = (arn: string): Gap => ({
  slice: 'flowLogs',
  scope: { kind: 'target-group', arn },
  reason: 'not-requested',
  action: 'ec2:DescribeFlowLogs',
  message: 'not read: a run reads the flow logs of 10 network interfaces of a cluster at most',
  remedy: 'Run an audit of this Service alone to see what flow logs recorded.',
});
