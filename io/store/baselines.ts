import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Baseline } from '../../core/diagnosis/baseline.ts';
import { type ItemKey, timeToLive } from './item-key.ts';
import { readItems, type TableAccess } from './items.ts';

/** What is no text of a baseline is left out: a setting that is not known cannot have changed. */
const baseline = z
  .record(z.string(), z.unknown())
  .transform((settings) =>
    Object.fromEntries(
      Object.entries(settings).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  );

/** How every target group was set up when it was last healthy, by ARN. */
export async function readBaselines(place: TableAccess): Promise<Map<string, Baseline>> {
  const { pk, sk } = place.keys.setup('');
  const items = await readItems<ItemKey & { setup?: unknown }>(place, pk, sk);
  return new Map(
    items.flatMap((item): [string, Baseline][] => {
      const { data } = baseline.safeParse(item.setup);
      if (data !== undefined) return [[item.sk.slice(sk.length), data]];
      place.onSkipped('a stored baseline cannot be read: what changed since cannot be shown', item);
      return [];
    }),
  );
}

/** Remembers how a healthy target group is set up. */
export async function saveBaseline(
  { documents, table, keys }: TableAccess,
  [targetGroupArn, setup]: [string, Baseline],
  { at, retentionDays }: { at: string; retentionDays: number },
): Promise<void> {
  const Item = { ...keys.setup(targetGroupArn), setup, ttl: timeToLive(at, retentionDays) };
  await documents.send(new PutCommand({ TableName: table, Item }));
}
