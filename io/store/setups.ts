import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Setup } from '../../core/diagnosis/baseline.ts';
import { timeToLive } from './item-key.ts';
import { type Place, readItems } from './items.ts';

interface SetupItem {
  sk: string;
  setup: Setup;
}

/** How every target group was set up when it was last healthy, by ARN. */
export async function readSetups(place: Place): Promise<Map<string, Setup>> {
  const { pk, sk } = place.keys.setup('');
  const items = await readItems<SetupItem>(place, pk, sk);
  return new Map(items.map((item) => [item.sk.slice(sk.length), item.setup]));
}

/** Remembers how a healthy target group is set up. */
export async function saveSetup(
  { documents, table, keys }: Place,
  [targetGroupArn, setup]: [string, Setup],
  { at, retentionDays }: { at: string; retentionDays: number },
): Promise<void> {
  const Item = { ...keys.setup(targetGroupArn), setup, ttl: timeToLive(at, retentionDays) };
  await documents.send(new PutCommand({ TableName: table, Item }));
}
