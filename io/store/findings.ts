import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Change, Remembered } from '../../core/model/finding.ts';
import { messageOf } from '../../core/notification/message.ts';
import { log } from '../log.ts';
import { type Guard, isUnfenced, OvertakenError } from './fence.ts';
import { historyKey, type ItemKey, timeToLive } from './item-key.ts';
import { type Place, readItem, readItems } from './items.ts';
import { divideList, dropEarlierRests, restsIn, saveRest } from './long-list.ts';
import { readStoredFinding, storedFinding } from './stored-finding.ts';

type FindingItem = ReturnType<typeof storedFinding> & ItemKey & { fence: number; rests?: number; ttl?: number };

/** All findings of the scope, whatever their status and whichever version wrote them. */
export async function readFindings(place: Place): Promise<Remembered[]> {
  const { pk, sk } = place.keys.finding('');
  const items = await readItems<FindingItem>(place, pk, sk);
  const restsOf = restsIn(place, pk);
  const findings = items.map(async (item): Promise<Remembered | []> => {
    const finding = readStoredFinding(item);
    if (finding === null) log('warn', 'a stored finding cannot be read and counts as new', { item: item.sk });
    if (finding === null || item.rests === undefined) return finding ?? [];
    const rest = await restsOf(item, finding.revision, item.rests);
    return { ...finding, targetGroupArns: [...finding.targetGroupArns, ...rest.map(String)] };
  });
  return (await Promise.all(findings)).flat();
}

/** Writes one finding and its line of history. Doing so twice changes nothing; throws when another run was faster. */
export async function saveChange(place: Place, change: Change, { fence, retentionDays }: Guard): Promise<void> {
  const { before, after, fingerprint, transition } = change;
  const put = (input: Omit<PutCommandInput, 'TableName'>) =>
    place.documents.send(new PutCommand({ TableName: place.table, ...input }));
  const expiry = { ttl: timeToLive(after.changedAt, retentionDays) };

  // History first: a run that is killed between the two writes repeats both, to the same keys.
  if (transition !== 'noted') {
    await put({ Item: { ...historyKey(fingerprint, after.lastRun, transition), ...messageOf(change), ...expiry } });
  }
  const key = place.keys.finding(fingerprint);
  const { revision } = after;
  const [targetGroupArns, ...rest] = divideList(after.targetGroupArns);
  const ends = after.status !== 'open' && expiry;
  await saveRest(place, key, { rest, revision, fence, ...ends });
  try {
    await put({
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
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const stored = await readItem<FindingItem>(place, key);
    if (stored?.revision !== revision || stored.lastRun !== after.lastRun)
      throw new OvertakenError(`finding ${fingerprint}`, error);
  }
  if (rest.length > 0 || divideList(before?.targetGroupArns ?? []).length > 1)
    await dropEarlierRests(place, key, revision);
}
