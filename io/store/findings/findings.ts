import pLimit from 'p-limit';
import type { Change, Finding } from '../../../core/model/finding.ts';
import type { Guard } from '../fence.ts';
import { saveHistory } from '../history.ts';
import { areaOf } from '../item-key.ts';
import type { TableAccess } from '../items.ts';
import { restsIn } from '../long-list.ts';
import { tryAll } from '../try-all.ts';
import { type DigestedChange, digested } from './digested-change.ts';
import { saveArea } from './save-area.ts';
import { readStoredAreas, type StoredAreas, wholeFindings } from './stored-areas.ts';

/** The findings of a scope, in packs of one cluster each. */
export interface FindingsStore {
  /** All of them, whatever their status and whichever version wrote them. */
  read(): Promise<Finding[]>;
  /**
   * Writes changed findings, each on condition that nothing wrote it since, with their lines of history. Doing so twice
   * changes nothing; one that cannot be written ends none of the others; throws when another run was faster.
   */
  save(changes: Change[], guard: Guard): Promise<void>;
}

/** Areas that are written at the same time; the client has 50 connections. */
const areasAtOnce = 16;

/** Areas whose history is written together: mostly one item each, and one request takes 25. */
const areasInPart = 25;

/** Parts at a time. */
const partsAtOnce = 4;

/** Remembers the packs that it read or wrote, so that a write needs no read before it. */
export function openFindings(place: TableAccess): FindingsStore {
  let stored: Promise<StoredAreas> | undefined;
  const limit = pLimit(areasAtOnce);
  const limitParts = pLimit(partsAtOnce);
  /** The last write of each area: packs are written as they were left by the one before. */
  const writing = new Map<string, Promise<void>>();

  const saveInTurn = (area: string, changes: DigestedChange[], guard: Guard): Promise<void> => {
    const before = writing.get(area) ?? Promise.resolve();
    const write = before
      .catch(() => undefined)
      .then(async () => {
        stored ??= readStoredAreas(place);
        await limit(async () => saveArea({ place, stored: (await stored) ?? new Map(), area }, changes, guard));
      });
    writing.set(area, write);
    return write;
  };

  const savePart = async (part: Change[][], guard: Guard): Promise<void> => {
    const areas = part.map((changes) => changes.map(digested));
    // History first: a run that is killed between the two writes repeats both, to the same keys.
    const failed = await saveHistory(place, areas.flat(), guard);
    await tryAll(
      areas.map(async (changes) => {
        const area = areaOf(changes[0]?.fingerprint ?? '');
        if (failed.has(area)) throw failed.get(area);
        await saveInTurn(area, changes, guard);
      }),
    );
  };

  return {
    async read() {
      stored = readStoredAreas(place);
      return wholeFindings(await stored, restsIn(place, place.keys.finding('').pk));
    },
    async save(changes, guard) {
      const areas = [...Map.groupBy(changes, ({ fingerprint }) => areaOf(fingerprint)).values()];
      const parts = Array.from({ length: Math.ceil(areas.length / areasInPart) }, (_, index) =>
        areas.slice(index * areasInPart, (index + 1) * areasInPart),
      );
      // In parts, so that one is packed while the table answers another.
      await tryAll(parts.map((part) => limitParts(savePart, part, guard)));
    },
  };
}
