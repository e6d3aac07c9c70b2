import type { Diagnosis } from '../model/diagnosis.ts';
import type { Fix } from '../model/fix.ts';

const lists = ['targets', 'evidence', 'ruledOut', 'unknown', 'changedSinceHealthy'] as const;

/** How many entries were left out, by list. */
export type Omitted = Record<'diagnoses' | (typeof lists)[number], number>;

export interface Truncated {
  diagnoses: Diagnosis[];
  omitted: Omitted;
}

/**
 * Characters of JSON that a digest may take. An item of DynamoDB has at most 400 KB (Service quotas, "Item size"), and a
 * character takes up to three bytes.
 */
const longest = 60_000;

/** Entries kept of each list, the first that fits wins. */
const generosity = [100, 20, 5, 1];

export const nothingOmitted: Omitted = {
  diagnoses: 0,
  targets: 0,
  evidence: 0,
  ruledOut: 0,
  unknown: 0,
  changedSinceHealthy: 0,
};

/** A digest of everything. */
export const untruncated = (diagnoses: Diagnosis[]): Truncated => ({ diagnoses, omitted: nothingOmitted });

/** The same diagnoses with their lists and texts cut, and in the end with fewer diagnoses (never none), until they fit. */
export function truncate({ diagnoses, omitted }: Truncated, limit = longest): Truncated {
  for (const most of generosity) {
    const kept = shorten(diagnoses, most);
    if (isWithin(kept, limit)) return { diagnoses: kept, omitted: add(omitted, difference(diagnoses, kept)) };
  }
  const kept: Diagnosis[] = [];
  let room = limit;
  for (const short of shorten(diagnoses, 1)) {
    const fitting = size(short) <= limit ? short : barest(short);
    room -= size(fitting);
    if (room < 0 && kept.length > 0) break;
    kept.push(fitting);
  }
  return { diagnoses: kept, omitted: add(omitted, difference(diagnoses, kept)) };
}

/** True where the list has at most that many characters of JSON, brackets and commas included; of a longer one no more is looked at. */
const isWithin = (entries: unknown[], limit: number): boolean =>
  withinLength(entries, limit - entries.length - 1).length === entries.length;

/** The first entries, as many as take no more than that many characters of JSON. */
export function withinLength<Entry>(entries: Entry[], limit: number): Entry[] {
  let room = limit;
  const end = entries.findIndex((entry) => {
    room -= size(entry);
    return room < 0;
  });
  return end < 0 ? entries : entries.slice(0, end);
}

const size = (value: unknown): number => JSON.stringify(value).length;

const shorten = (diagnoses: Diagnosis[], most: number): Diagnosis[] =>
  diagnoses.map((diagnosis) => ({
    ...diagnosis,
    targets: diagnosis.targets.slice(0, most),
    evidence: diagnosis.evidence
      .slice(0, most)
      .map(({ saw, expected, ...rest }) => ({ ...rest, saw: clip(saw), expected: clip(expected) })),
    ruledOut: diagnosis.ruledOut.slice(0, most),
    unknown: diagnosis.unknown.slice(0, most),
    fix: diagnosis.fix.slice(0, most).map(shortFix),
    ...(diagnosis.missing && { missing: diagnosis.missing.slice(0, most) }),
    ...(diagnosis.changedSinceHealthy && { changedSinceHealthy: diagnosis.changedSinceHealthy.slice(0, most) }),
  }));

/** One diagnosis that is too long by itself: what it is about and what is wrong, without what led there. */
const barest = (diagnosis: Diagnosis): Diagnosis => ({
  ...diagnosis,
  title: clip(diagnosis.title),
  targets: withinLength(diagnosis.targets, longestList),
  evidence: withinLength(diagnosis.evidence, longestList),
  mechanisms: withinLength(diagnosis.mechanisms, longestList),
  coCauses: withinLength(diagnosis.coCauses, longestList),
  ruledOut: [],
  unknown: [],
  fix: withinLength(diagnosis.fix, longestList),
  ...(diagnosis.decidedBy !== null && { decidedBy: clip(diagnosis.decidedBy) }),
  ...(diagnosis.missing && { missing: [] }),
  ...(diagnosis.emptyZones && { emptyZones: withinLength(diagnosis.emptyZones, longestList) }),
  ...(diagnosis.changedSinceHealthy && { changedSinceHealthy: [] }),
});

/** Characters of JSON of one list of a diagnosis that is too long by itself. */
const longestList = 4000;

/** A command is whole or it is not there: half of one does something else than all of it. */
const shortFix = ({ text, command, prepare, danger, verify, disturbs, undo, manifest }: Fix): Fix => ({
  text: clip(text),
  ...(prepare !== undefined && isShort(prepare) && { prepare }),
  ...(command !== undefined && isShort(command) && { command }),
  ...(danger !== undefined && { danger: clip(danger) }),
  ...(verify !== undefined && isShort(verify) && { verify }),
  ...(disturbs !== undefined && { disturbs: clip(disturbs) }),
  ...(manifest !== undefined && isShort(manifest.text) && { manifest }),
  ...(undo !== undefined && { undo: shortUndo(undo) }),
});

const shortUndo = ({ text, command }: NonNullable<Fix['undo']>): NonNullable<Fix['undo']> => ({
  text: clip(text),
  ...(command !== undefined && isShort(command) && { command }),
});

const isShort = (command: string): boolean => command.length <= longestText;

/** Characters of one piece of evidence; it can hold what a server answered. */
const longestText = 1000;

const clip = (text: string): string =>
  text.length <= longestText ? text : `${text.slice(0, longestText)}… (${text.length - longestText} characters cut)`;

function difference(all: Diagnosis[], kept: Diagnosis[]): Omitted {
  const count = (diagnoses: Diagnosis[], list: (typeof lists)[number]): number =>
    diagnoses.reduce((sum, diagnosis) => sum + (diagnosis[list]?.length ?? 0), 0);
  const lost = (list: (typeof lists)[number]): number => count(all, list) - count(kept, list);
  return {
    diagnoses: all.length - kept.length,
    targets: lost('targets'),
    evidence: lost('evidence'),
    ruledOut: lost('ruledOut'),
    unknown: lost('unknown'),
    changedSinceHealthy: lost('changedSinceHealthy'),
  };
}

const add = (a: Omitted, b: Omitted): Omitted => ({
  diagnoses: a.diagnoses + b.diagnoses,
  targets: a.targets + b.targets,
  evidence: a.evidence + b.evidence,
  ruledOut: a.ruledOut + b.ruledOut,
  unknown: a.unknown + b.unknown,
  changedSinceHealthy: a.changedSinceHealthy + b.changedSinceHealthy,
});
