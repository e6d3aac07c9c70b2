import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Guard, isUnfenced, OvertakenError } from '../fence.ts';
import { timeToLive } from '../item-key.ts';
import type { TableAccess } from '../items.ts';
import { divideList, dropEarlierRests, saveRest } from '../long-list.ts';
import { packVersion, storedFinding } from '../shapes/stored-finding.ts';
import { tryAll } from '../try-all.ts';
import type { DigestedChange } from './digested-change.ts';
import { divideFindings, type Packed, type PackedFinding, packFor } from './pack.ts';
import { readStoredAreas, type StoredArea, type StoredAreas } from './stored-areas.ts';

/** Where the findings of one cluster are, and what is known of them. */
export interface AreaAccess {
  place: TableAccess;
  stored: StoredAreas;
  area: string;
}

/**
 * Writes the packs of one area that these changes touch. Where a pack is not as it was read, the area is read again: changes that
 * are there already are done, and those of findings that another run wrote meanwhile throw.
 */
export async function saveArea(access: AreaAccess, changes: DigestedChange[], guard: Guard): Promise<void> {
  const { place, stored, area } = access;
  const known = stored.get(area) ?? { packs: new Map(), alone: new Map() };
  stored.set(area, known);
  try {
    await savePacks({ place, area, known }, changes, guard);
  } catch (error) {
    if (!isStale(error)) throw error;
    const now = (await readStoredAreas(place, area)).get(area) ?? { packs: new Map(), alone: new Map() };
    stored.set(area, now);
    if ([...now.packs.values()].some(({ fence }) => fence > guard.fence))
      throw new OvertakenError(`findings of ${area}`, { cause: error });
    await savePacks({ place, area, known: now }, changes, guard);
  }
}

const isStale = (error: unknown): boolean =>
  error instanceof ConditionalCheckFailedException || (error instanceof AggregateError && error.errors.some(isStale));

interface KnownArea {
  place: TableAccess;
  area: string;
  known: StoredArea;
}

async function savePacks(access: KnownArea, changes: DigestedChange[], guard: Guard): Promise<void> {
  const { known } = access;
  const [overtaken, wanted] = sortOut(known, changes);
  const byPack = Map.groupBy(wanted, ({ fingerprint }) => packFor(fingerprint, known.packs.keys()));
  await tryAll([...byPack].map(([bits, its]) => savePack(access, { bits, changes: its }, guard)));
  const [first] = overtaken;
  const isBeside = [...known.packs.values()].every(({ fence }) => fence <= guard.fence);
  if (first !== undefined) throw new OvertakenError(`finding ${first.fingerprint}`, { isBeside });
}

/** The changes of findings that another run wrote since they were read, and those that are still to be written. */
function sortOut({ packs, alone }: StoredArea, changes: DigestedChange[]): [DigestedChange[], DigestedChange[]] {
  const overtaken: DigestedChange[] = [];
  const wanted: DigestedChange[] = [];
  for (const change of changes) {
    const { fingerprint, before, after } = change;
    const stored = packs.get(packFor(fingerprint, packs.keys()))?.findings.get(fingerprint) ?? alone.get(fingerprint);
    const isThere = stored?.finding.revision === after.revision && stored.finding.lastRun === after.lastRun;
    if (isThere) continue;
    (stored?.finding.revision === before?.revision ? wanted : overtaken).push(change);
  }
  return [overtaken, wanted];
}

async function savePack(
  access: KnownArea,
  { bits, changes }: { bits: string; changes: DigestedChange[] },
  guard: Guard,
): Promise<void> {
  const { place, area, known } = access;
  const lists = changes.map(({ after }) => divideList(after.targetGroupArns));
  await tryAll(
    changes.map(({ after, fingerprint }, index) => {
      const [, ...rest] = lists[index] ?? [];
      const ends = after.status !== 'open' && { ttl: timeToLive(after.changedAt, guard.retentionDays) };
      const writing = { rest, revision: after.revision, fence: guard.fence, ...ends };
      return saveRest(place, place.keys.finding(fingerprint), writing);
    }),
  );
  const findings = new Map(known.packs.get(bits)?.findings);
  for (const [index, change] of changes.entries())
    findings.set(change.fingerprint, packedFinding(change, lists[index] ?? [[]], guard));
  // By the time of this run and not of this machine, so that a replay forgets what the run forgot.
  const now = Math.max(...changes.map(({ after }) => timeToLive(after.changedAt, 0)));
  const kept = [...findings.values()].filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const pieces = await divideFindings(bits, kept);
  await tryAll([...pieces].map(([name, piece]) => putPack(access, { name, piece }, guard)));
  // After its parts: a run that is killed before finds both, and takes the parts.
  if (!pieces.has(bits) && known.packs.has(bits)) await deletePack(access, bits, guard);
  await dropLeftovers({ place, area, known }, changes);
}

function packedFinding(
  { after: whole, digest }: DigestedChange,
  [targetGroupArns, ...rest]: [string[], ...string[][]],
  { retentionDays }: Guard,
): PackedFinding {
  const [after, rests] = [{ ...whole, targetGroupArns }, rest.length];
  const expiresAt = after.status === 'open' ? null : timeToLive(after.changedAt, retentionDays);
  const stored = {
    ...storedFinding(after, digest),
    ...(rests > 0 && { rests }),
    ...(expiresAt !== null && { expiresAt }),
  };
  return { finding: after, rests, expiresAt, json: JSON.stringify(stored) };
}

async function putPack(
  { place, area, known }: KnownArea,
  { name, piece }: { name: string; piece: Packed },
  { fence }: Guard,
): Promise<void> {
  const before = known.packs.get(name)?.revision;
  const revision = (before ?? 0) + 1;
  const { packed, findings } = piece;
  const expiry = findings.every(({ expiresAt }) => expiresAt !== null)
    ? { ttl: Math.max(...findings.map(({ expiresAt }) => expiresAt ?? 0)) }
    : {};
  const put = new PutCommand({
    TableName: place.table,
    Item: {
      ...place.keys.pack(area, name),
      revision,
      findings: findings.length,
      packed,
      schemaVersion: packVersion,
      fence,
      ...expiry,
    },
    ConditionExpression: `${before === undefined ? 'attribute_not_exists(revision)' : 'revision = :revision'} AND ${isUnfenced}`,
    ExpressionAttributeValues: { ':fence': fence, ...(before !== undefined && { ':revision': before }) },
  });
  await place.documents.send(put);
  const byFingerprint = new Map(findings.map((each) => [each.finding.fingerprint, each]));
  known.packs.set(name, { revision, fence, findings: byFingerprint });
}

async function deletePack({ place, area, known }: KnownArea, bits: string, { fence }: Guard): Promise<void> {
  await place.documents.send(
    new DeleteCommand({
      TableName: place.table,
      Key: place.keys.pack(area, bits),
      ConditionExpression: isUnfenced,
      ExpressionAttributeValues: { ':fence': fence },
    }),
  );
  known.packs.delete(bits);
}

/** Items that changed findings had up to version 2, and what their long lists needed elsewhere before. */
async function dropLeftovers({ place, known }: KnownArea, changes: DigestedChange[]): Promise<void> {
  const { documents, table, keys } = place;
  await tryAll(
    changes.map(async ({ fingerprint, before, after }) => {
      const key = keys.finding(fingerprint);
      if (known.alone.delete(fingerprint)) await documents.send(new DeleteCommand({ TableName: table, Key: key }));
      const lists = [before?.targetGroupArns ?? [], after.targetGroupArns];
      if (lists.some((list) => divideList(list).length > 1)) await dropEarlierRests(place, key, after.revision);
    }),
  );
}
