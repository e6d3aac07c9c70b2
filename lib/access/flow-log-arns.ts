import type * as iam from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import type { GrantedArns } from './granted-actions.ts';

/** What a role may read of log groups and buckets that flow logs go to: of a bucket only their files, wherever its prefix puts them. */
export function flowLogArns(role: iam.Role, sources: readonly string[]): GrantedArns {
  const buckets = sources.filter((arn) => arn.includes(':s3:::'));
  // Requests name a log group with and without the mark of its streams.
  const groups = sources.filter((arn) => !buckets.includes(arn)).flatMap((arn) => [arn, `${arn}:*`]);
  const files = buckets.map((arn) => `${arn}/*AWSLogs/*vpcflowlogs/*`);
  for (const arn of [...groups, ...buckets, ...files].filter((each) => each.includes('*')))
    acknowledgeWildcard(role, arn, 'Flow logs name their streams and files by interface, day and moment.');
  return { 'flow-log-groups': groups, 'flow-log-buckets': buckets, 'flow-log-files': files };
}
