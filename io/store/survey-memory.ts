import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SurveyMemory } from '../../core/survey/survey-memory.ts';
import { type ItemKey, timeToLive } from './item-key.ts';
import { readItems, type TableAccess } from './items.ts';
import { packText } from './packed-text.ts';
import { memoryOf, partsOf, unpackPart } from './shapes/survey-parts.ts';

/** Days after which an auditor that no longer runs is forgotten: everything in there is read from AWS again. */
const retentionDays = 7;

/** What the last survey left to this one; empty before the first. */
export async function readSurveyMemory(place: TableAccess): Promise<SurveyMemory> {
  const { pk, sk } = place.keys.survey('');
  const items = await readItems<ItemKey & { packed?: Uint8Array }>(place, pk, sk);
  const parts = await Promise.all(items.map(({ packed }) => (packed === undefined ? undefined : unpackPart(packed))));
  return memoryOf(parts.filter((part) => part !== undefined));
}

/** Writes the parts that differ from what was remembered before, at that moment (RFC 3339). Parts that are no more expire. */
export async function saveSurveyMemory(
  { documents, table, keys }: TableAccess,
  { before, after, at }: { before: SurveyMemory; after: SurveyMemory; at: string },
): Promise<void> {
  const [had, has] = [partsOf(before), partsOf(after)];
  const ttl = timeToLive(at, retentionDays);
  for (const [name, json] of has) {
    if (had.get(name) === json) continue;
    const Item = { ...keys.survey(name), packed: await packText(json), ttl };
    await documents.send(new PutCommand({ TableName: table, Item }));
  }
}
