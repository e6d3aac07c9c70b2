import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Baseline } from '../../core/diagnosis/baseline.ts';
import { timeToLive } from './item-key.ts';
import { readItems, type TableAccess } from './items.ts';

interface SetupItem {
  sk: string;
  setup: Baseline;
}

/** How every target group was set up when it was last healthy, by ARN. */
export async function readSetups(place: TableAccess): Promise<Map<string, Baseline>> {
  const { pk, sk } = place.keys.setup('');
  const items = await readItems<SetupItem>(place, pk, sk);
  return new Map(items.map((item) => [item.sk.slice(sk.length), item.setup]));
}

/** Remembers how a healthy target group is set up. */
export async function saveSetup(
  { documents, table, keys }: TableAccess,
  [targetGroupArn, setup]: [string, Baseline],
  { at, retentionDays }: { at: string; retentionDays: number },
): Promise<void> {
  const Item = { ...keys.setup(targetGroupArn), setup, ttl: timeToLive(at, retentionDays) };
  await documents.send(new PutCommand({ TableName: table, Item }));
}
