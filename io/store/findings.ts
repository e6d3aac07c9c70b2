import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Change, Finding } from '../../core/model/finding.ts';
import { type Guard, isUnfenced, OvertakenError } from './fence.ts';
import { saveHistory } from './history.ts';
import { type ItemKey, timeToLive } from './item-key.ts';
import { readItem, readItems, type TableAccess } from './items.ts';
import { divideList, dropEarlierRests, restsIn, saveRest } from './long-list.ts';
import { readStoredFinding, storedFinding } from './shapes/stored-finding.ts';
import { tryAll } from './try-all.ts';

type FindingItem = ReturnType<typeof storedFinding> & ItemKey & { fence: number; rests?: number; ttl?: number };

/** All findings of the scope, whatever their status and whichever version wrote them. */
export async function readFindings(place: TableAccess): Promise<Finding[]> {
  const { pk, sk } = place.keys.finding('');
  const items = await readItems<FindingItem>(place, pk, sk);
  const restsOf = restsIn(place, pk);
  const findings = items.map(async (item): Promise<Finding | []> => {
    const finding = readStoredFinding(item);
    if (finding === null) place.onSkipped('a stored finding cannot be read and counts as new', item);
    if (finding === null || item.rests === undefined) return finding ?? [];
    const rest = await restsOf(item, finding.revision, item.rests);
    return { ...finding, targetGroupArns: [...finding.targetGroupArns, ...rest.map(String)] };
  });
  return (await Promise.all(findings)).flat();
}

/**
 * Writes at most 25 changed findings, each on condition that nothing wrote it since, with their lines of history. Doing so twice
 * changes nothing; one that cannot be written ends none of the others; throws when another run was faster.
 */
export async function saveChanges(place: TableAccess, changes: Change[], guard: Guard): Promise<void> {
  const alone = async (change: Change): Promise<void> => {
    await saveHistory(place, [change], guard);
    await saveFinding(place, change, guard);
  };
  try {
    // History first: a run that is killed between the two writes repeats both, to the same keys.
    await saveHistory(place, changes, guard);
  } catch {
    // One line that DynamoDB refuses makes it refuse them all.
    return tryAll(changes.map(alone));
  }
  await tryAll(changes.map((change) => saveFinding(place, change, guard)));
}

async function saveFinding(place: TableAccess, { before, after, fingerprint }: Change, guard: Guard): Promise<void> {
  const { fence, retentionDays } = guard;
  const expiry = { ttl: timeToLive(after.changedAt, retentionDays) };
  const key = place.keys.finding(fingerprint);
  const { revision } = after;
  const [targetGroupArns, ...rest] = divideList(after.targetGroupArns);
  const ends = after.status !== 'open' && expiry;
  await saveRest(place, key, { rest, revision, fence, ...ends });
  try {
    const put = new PutCommand({
      TableName: place.table,
      Item: {
        ...key,
        ...storedFinding(after),
        targetGroupArns,
        ...(rest.length > 0 && { rests: rest.length }),
        fence,
        ...ends,
      },
      ConditionExpression: `${before === null ? 'attribute_not_exists(revision)' : 'revision = :revision'} AND ${isUnfenced}`,
      ExpressionAttributeValues: { ':fence': fence, ...(before && { ':revision': before.revision }) },
    });
    await place.documents.send(put);
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const stored = await readItem<FindingItem>(place, key);
    if (stored?.revision !== revision || stored.lastRun !== after.lastRun)
      throw new OvertakenError(`finding ${fingerprint}`, error);
  }
  if (rest.length > 0 || divideList(before?.targetGroupArns ?? []).length > 1)
    await dropEarlierRests(place, key, revision);
}
