import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { bearsSecurityGroup } from '../../core/diagnosis/baseline.ts';
import { readBaselines } from '../store/baselines.ts';
import { itemKeys } from '../store/item-key.ts';
import { logSkipped } from '../store/skipped-item.ts';

interface Memory {
  client: DynamoDBClient;
  table: string;
  /** `<account>/<region>/<vpcId>` of each auditor. */
  scopes: string[];
}

/** Target groups that bore one of these security groups when they were last healthy, on their load balancer or on a target, by ARN. */
export async function behindSecurityGroups(
  securityGroups: readonly string[],
  { client, table, scopes }: Memory,
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (securityGroups.length === 0) return found;
  const documents = DynamoDBDocumentClient.from(client);
  for (const scope of scopes) {
    const baselines = await readBaselines({ documents, table, keys: itemKeys(scope), onSkipped: logSkipped });
    for (const id of securityGroups) {
      const bearers = [...baselines].flatMap(([arn, baseline]) => (bearsSecurityGroup(baseline, id) ? [arn] : []));
      found.set(id, [...(found.get(id) ?? []), ...bearers]);
    }
  }
  return found;
}
