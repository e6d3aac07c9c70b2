import type { ChangeQuery } from '../../core/diagnosis/changes/change-queries.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { Inventory } from '../../core/model/inventory.ts';
import type { Clients } from '../aws/clients.ts';
import { type Ledger, ledger } from '../aws/ledger.ts';
import { awsRemedy } from '../aws/remedy.ts';
import { type FlowLog, readFlowLogs } from '../history/flow-logs/flow-log.ts';
import { notReadable } from '../history/flow-logs/not-readable.ts';
import type { PastWanted } from '../history/with-past.ts';

/** What an audit read just before, and what of the past is configured. */
export interface PastTried {
  past: PastWanted;
  inventory: Inventory;
  facts: Facts[];
  clients: Clients;
}

const minute = 60_000;
/** Ids that a filter takes (EC2 API reference, "Filter"). */
const mostIds = 200;

/**
 * Makes each call by which an audit reads of the past what is configured, once and as small as it can be, because nothing may be wrong just
 * now for which an audit would make it; and gives what was refused.
 */
export async function tryPast({ past, ...tried }: PastTried): Promise<Gap[]> {
  const book = ledger(awsRemedy, tried.clients.signal);
  if (past.metrics !== 'off') await tryMetrics(book, tried);
  if (past.changes !== 'off') await tryChanges(book, tried.clients);
  const unreadable = past.flowLogs === 'off' ? [] : await tryFlowLogs(book, tried);
  return [...book.gaps(), ...unreadable];
}

type Tried = Omit<PastTried, 'past'>;

const hides = (slice: Gap['slice']) => [{ slice, scope: { kind: 'all' as const } }];

/** A metric of a load balancer; CloudWatch answers about one that does not exist that it counted nothing. */
async function tryMetrics(book: Ledger, { inventory, clients }: Tried): Promise<void> {
  const { partition, region, account, loadBalancers } = inventory;
  const none = `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/net/none/0000000000000000`;
  const query = {
    loadBalancerArn: loadBalancers.find(({ type }) => type === 'network')?.arn ?? none,
    metric: 'NewFlowCount',
    statistic: 'Sum',
  } as const;
  const to = Math.floor(Date.now() / minute) * minute;
  await book.read({ action: 'cloudwatch:GetMetricData', hides: hides('metrics') }, [], async () => {
    const { readMetrics } = await import('../history/metrics.ts');
    return readMetrics(await clients.cloudWatch(), [query], { from: to - minute, to, period: 60 });
  });
}

async function tryChanges(book: Ledger, clients: Clients): Promise<void> {
  const to = Date.now();
  await book.read({ action: 'cloudtrail:LookupEvents', hides: hides('changes') }, [], async () => {
    const { lookUp } = await import('../history/look-up.ts');
    const query: ChangeQuery = { by: 'EventName', value: 'ModifyTargetGroup', resources: [], from: to - minute, to };
    return lookUp(await clients.cloudTrail('here'), query);
  });
}

/** Each place that a flow log of the VPCs or of their subnets goes to; gives the flow logs that no permission makes readable. */
async function tryFlowLogs(book: Ledger, { facts, clients }: Tried): Promise<Gap[]> {
  const ids = new Set(facts.flatMap(({ vpcId, slices }) => [vpcId, ...slices.subnets.map(({ id }) => id)]));
  const flowLogs = await book.read({ action: 'ec2:DescribeFlowLogs', hides: hides('flowLogs') }, [], () =>
    readFlowLogs(clients.ec2, [...ids].slice(0, mostIds)),
  );
  for (const flowLog of flowLogs) await tryDestination(book, flowLog, { facts, clients });
  return flowLogs.flatMap(({ id, destination }) =>
    destination.kind === 'unreadable' ? notReadable(id, destination.why) : [],
  );
}

async function tryDestination(
  book: Ledger,
  { id, destination }: FlowLog,
  { facts, clients }: Pick<Tried, 'facts' | 'clients'>,
): Promise<void> {
  const hidden = hides('flowLogs');
  const to = Date.now();
  if (destination.kind === 'log-group') {
    await book.read({ action: 'logs:FilterLogEvents', hides: hidden }, undefined, async () => {
      const { tryLogGroup } = await import('../history/flow-logs/from-log-group.ts');
      await tryLogGroup(await clients.cloudWatchLogs(), destination.name, { from: to - minute, to });
    });
  }
  const [first] = facts;
  if (destination.kind !== 'bucket' || first === undefined) return;
  const { account, region } = first;
  const { listFiles, readFiles } = await import('../history/flow-logs/from-bucket.ts');
  const files = await book.read({ action: 's3:ListBucket', hides: hidden }, [], async () =>
    listFiles(
      await clients.flowLogBucket(),
      { flowLogId: id, account, region, bucket: destination },
      { from: to - 30 * minute, to },
    ),
  );
  const smallest = files.toSorted((a, b) => a.size - b.size).slice(0, 1);
  if (smallest.length === 0) return;
  await book.read({ action: 's3:GetObject', hides: hidden }, undefined, async () =>
    readFiles(await clients.flowLogBucket(), { bucket: destination.name, files: smallest }, () => undefined),
  );
}
