import { type CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { ChangeQuery } from '../../core/history/changes/change-queries.ts';
import type { ChangeLog, RecordedCall } from '../../core/model/changes/recorded-call.ts';
import type { OpenEvent } from '../aws/optional/cloud-trail.ts';
import { InvalidAnswer } from '../aws/read-error.ts';
import { timeOf } from '../aws/time.ts';
import { recordedCallOf } from './recorded-call.ts';

/** Pages of a resource, of 50 events each, the newest first (LookupEvents, "MaxResults"). */
const mostPages = 2;

/** The calls that changed a resource, as CloudTrail recorded them. Throws InvalidAnswer where a page begins again. */
export async function lookUp(client: CloudTrailClient, { resource, from, to }: ChangeQuery): Promise<ChangeLog> {
  const calls: RecordedCall[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const answer = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: resource }],
        StartTime: new Date(from),
        EndTime: new Date(to),
        MaxResults: 50,
        ...(NextToken !== undefined && { NextToken }),
      }),
    );
    const events: OpenEvent[] = answer.Events ?? [];
    calls.push(...events.flatMap((event) => recordedCallOf(event, resource) ?? []));
    const next = answer.NextToken || undefined;
    if (next !== undefined && next === NextToken) throw new InvalidAnswer('CloudTrail gave the same page again');
    NextToken = next;
    pages += 1;
  } while (NextToken !== undefined && pages < mostPages);
  return {
    resource,
    from: timeOf(new Date(from)) ?? '',
    to: timeOf(new Date(to)) ?? '',
    calls,
    ...(NextToken !== undefined && { isCut: true }),
  };
}
