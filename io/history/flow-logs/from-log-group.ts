import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { FlowQuery } from '../../../core/history/flow-logs/flow-queries.ts';
import type { FlowTally } from './flow-record.ts';
import type { Stretch } from './stretch.ts';

/** Pages of one interface: each has at most 1 MB (FilterLogEvents, quotas), which are about 8,000 records. */
const mostPages = 3;
/** Length of a filter pattern (FilterLogEvents, "filterPattern"). */
const longestPattern = 1024;

/**
 * Reads the records of an interface that name a node of the load balancer; where there are none, one of any other, which shows that records
 * come. Streams are named `<interface>-all`, `-accept` or `-reject` (VPC user guide, "Publish flow logs to CloudWatch Logs"). The call is
 * free, other than a query of Logs Insights.
 */
export async function fromLogGroup(
  client: CloudWatchLogsClient,
  { name, query, tally }: { name: string; query: FlowQuery; tally: FlowTally },
  { from, to }: Stretch,
): Promise<{ isCut: boolean }> {
  const common = {
    logGroupName: name,
    logStreamNamePrefix: `${query.networkInterfaceId}-`,
    startTime: from,
    endTime: to,
  };
  const pattern = query.peers.map((peer) => `?"${peer}"`).join(' ');
  let nextToken: string | undefined;
  let pages = 0;
  do {
    const answer = await client.send(
      new FilterLogEventsCommand({
        ...common,
        ...(pattern.length <= longestPattern && { filterPattern: pattern }),
        ...(nextToken !== undefined && { nextToken }),
      }),
    );
    for (const { message = '' } of answer.events ?? []) tally.add(message);
    nextToken = answer.nextToken || undefined;
    pages += 1;
  } while (nextToken !== undefined && pages < mostPages);
  if (!tally.reading().hasRecords && nextToken === undefined) {
    const any = await client.send(new FilterLogEventsCommand({ ...common, limit: 100 }));
    for (const { message = '' } of any.events ?? []) tally.add(message);
  }
  return { isCut: nextToken !== undefined };
}

/** Reads one record of a log group at most, to see whether it may be read. */
export const tryLogGroup = async (
  client: CloudWatchLogsClient,
  logGroupName: string,
  { from, to }: Stretch,
): Promise<void> => {
  await client.send(new FilterLogEventsCommand({ logGroupName, startTime: from, endTime: to, limit: 1 }));
};
