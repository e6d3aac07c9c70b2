import { type CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { isAction } from '../../core/controllers/reconcile-errors.ts';
import type { ChangeQuery } from '../../core/diagnosis/changes/change-queries.ts';
import type { ChangeLog, RecordedCall } from '../../core/model/changes/recorded-call.ts';
import type { OpenEvent } from '../aws/optional/cloud-trail.ts';
import { InvalidAnswer } from '../aws/read-error.ts';
import { timeOf } from '../aws/time.ts';
import { recordedCallOf } from './recorded-call.ts';

/** Pages of a look-up, of 50 events each, the newest first (LookupEvents, "MaxResults"). */
const mostPages = 2;

/**
 * What CloudTrail recorded, for each resource of a look-up: the calls that changed it, or of an action those that AWS refused. Throws
 * InvalidAnswer where a page begins again.
 */
export async function lookUp(client: CloudTrailClient, query: ChangeQuery): Promise<ChangeLog[]> {
  const { by, value, resources, from, to } = query;
  const calls: RecordedCall[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const answer = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: by, AttributeValue: value }],
        StartTime: new Date(from),
        EndTime: new Date(to),
        MaxResults: 50,
        ...(NextToken !== undefined && { NextToken }),
      }),
    );
    const events: OpenEvent[] = answer.Events ?? [];
    calls.push(...events.flatMap((event) => recordedCallOf(event, query) ?? []));
    const next = answer.NextToken || undefined;
    if (next !== undefined && next === NextToken) throw new InvalidAnswer('CloudTrail gave the same page again');
    NextToken = next;
    pages += 1;
  } while (NextToken !== undefined && pages < mostPages);
  return resources.map((resource) => ({
    resource,
    from: timeOf(new Date(from)) ?? '',
    to: timeOf(new Date(to)) ?? '',
    calls: calls.filter((call) => isAbout(call, resource)),
    ...(NextToken !== undefined && { isCut: true as const }),
  }));
}

const isAbout = ({ objects, error }: RecordedCall, resource: string): boolean =>
  isAction(resource) ? error !== undefined : objects.includes(resource);
