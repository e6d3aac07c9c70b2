import { PutCommand, type PutCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Change } from '../../core/change.ts';
import { digest, wholeDigest } from '../../core/digest.ts';
import { type Message, messageOf } from '../../core/message.ts';
import { type FindingsPlace, type Pending, readFinding } from './finding-items.ts';
import { historyKey, timeToLive } from './item-key.ts';

/**
 * Writes a finding and the message that it owes as one item, so that neither is ever there without the other. Saving a
 * change twice changes nothing; throws when another run wrote the finding since it was remembered.
 */
export async function saveChange(place: FindingsPlace, change: Change, retentionDays: number): Promise<void> {
  const { after, fingerprint, transition } = change;
  const stored = await readFinding(place, fingerprint);
  if (stored?.revision === after.revision && stored.lastRun === after.lastRun) return;

  const put = (input: Omit<PutCommandInput, 'TableName'>) =>
    place.documents.send(new PutCommand({ TableName: place.table, ...input }));
  const message = messageOf(change);
  const expiry = { ttl: timeToLive(after.changedAt, retentionDays) };
  const pending: Pending = { ...message, transition: owedTransition(change, stored?.pending), deliveredTo: [] };

  // History first: a run that is killed between the two writes repeats both, to the same keys.
  await put({ Item: { ...historyKey(fingerprint, after.lastRun, transition), ...message, ...expiry } });
  await put({
    Item: {
      ...place.keys.finding(fingerprint),
      ...after,
      ...digest(wholeDigest(after.diagnoses)),
      pending,
      ...(after.status === 'resolved' && expiry),
    },
    ...unchangedSince(change),
  });
}

const unchangedSince = ({ before }: Change): Partial<PutCommandInput> =>
  before === null
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: { ':revision': before.revision },
      };

/** A finding that changed before anybody heard of it is still news. */
const owedTransition = ({ transition }: Change, unsent: Pending | undefined): Message['transition'] =>
  transition === 'changed' && unsent?.transition === 'opened' ? 'opened' : transition;
