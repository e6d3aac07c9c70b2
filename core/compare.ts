import type { Change, Remembered } from './change.ts';
import { isClear } from './clear.ts';
import type { Diagnosis } from './diagnosis.ts';
import { compareText } from './group.ts';
import type { Scope } from './inventory.ts';
import type { Report } from './report.ts';

/**
 * What differs between memory and report, in the order of the fingerprints: opened, changed and resolved findings.
 * What stayed as it was is passed over in silence, and what the run could not read again stays as it was.
 */
export function compare(remembered: Remembered[], report: Report, at: string): Change[] {
  const alarming = report.diagnoses.filter(({ verdict }) => verdict === 'unhealthy' || verdict === 'unexplained');
  const seen = Map.groupBy(alarming, ({ fingerprint }) => fingerprint);
  const memory = new Map(remembered.map((finding) => [finding.fingerprint, finding]));
  const moment: Moment = { report, at };

  return [...new Set([...memory.keys(), ...seen.keys()])]
    .toSorted(compareText)
    .flatMap((fingerprint) =>
      follow(memory.get(fingerprint) ?? null, { fingerprint, diagnoses: seen.get(fingerprint) ?? [] }, moment),
    );
}

/** True for findings that a run of this scope looks at; about all others it can say nothing. */
export const isWithin = ({ clusters }: Scope, { diagnoses }: Remembered): boolean =>
  clusters === undefined || clusters.includes(diagnoses[0]?.cluster ?? '');

interface Moment {
  report: Report;
  at: string;
}

interface Sighting {
  fingerprint: string;
  diagnoses: Diagnosis[];
}

function follow(before: Remembered | null, sighting: Sighting, moment: Moment): Change[] {
  if (before?.status !== 'open') return sighting.diagnoses.length === 0 ? [] : [open(before, sighting, moment)];

  const seenGroups = new Set(sighting.diagnoses.map(({ targetGroupArn }) => targetGroupArn));
  const unread = before.targetGroupArns.filter((arn) => !seenGroups.has(arn) && !isClear(arn, before, moment.report));
  const targetGroupArns = [...seenGroups, ...unread].toSorted(compareText);
  if (targetGroupArns.length === 0) return [resolve(before, moment)];

  const kept = before.diagnoses.filter(({ targetGroupArn }) => unread.includes(targetGroupArn));
  const diagnoses = [...sighting.diagnoses, ...kept].toSorted(byGroup);
  if (!differs(before, { targetGroupArns, diagnoses }, moment.report)) return [];
  const after = { ...touched(before, moment), changedAt: moment.at, targetGroupArns, diagnoses };
  return [{ transition: 'changed', fingerprint: before.fingerprint, before, after }];
}

function open(before: Remembered | null, { fingerprint, diagnoses }: Sighting, { report, at }: Moment): Change {
  const after: Remembered = {
    fingerprint,
    status: 'open',
    episode: (before?.episode ?? 0) + 1,
    revision: (before?.revision ?? 0) + 1,
    openedAt: at,
    changedAt: at,
    resolvedAt: null,
    lastRun: report.run.id,
    targetGroupArns: [...new Set(diagnoses.map(({ targetGroupArn }) => targetGroupArn))].toSorted(compareText),
    diagnoses: diagnoses.toSorted(byGroup),
  };
  return { transition: 'opened', fingerprint, before, after };
}

function resolve(before: Remembered, moment: Moment): Change {
  const after: Remembered = {
    ...touched(before, moment),
    status: 'resolved',
    changedAt: moment.at,
    resolvedAt: moment.at,
  };
  return { transition: 'resolved', fingerprint: before.fingerprint, before, after };
}

const touched = (before: Remembered, { report }: Moment): Remembered => ({
  ...before,
  revision: before.revision + 1,
  lastRun: report.run.id,
});

/** True when something changed that people act upon; targets may come and go. */
function differs(before: Remembered, now: Pick<Remembered, 'targetGroupArns' | 'diagnoses'>, report: Report): boolean {
  if (before.targetGroupArns.join() !== now.targetGroupArns.join()) return true;
  const unknown = new Map(report.groups.map((group) => [group.targetGroupArn, group.unknown]));
  const today = Map.groupBy(now.diagnoses, ({ targetGroupArn }) => targetGroupArn);
  const lastTime = Map.groupBy(before.diagnoses, ({ targetGroupArn }) => targetGroupArn);
  // Memory may hold fewer diagnoses than target groups: what was left out there cannot be compared.
  return [...lastTime].some(
    ([arn, told]) => gist(told, []) !== gist(today.get(arn) ?? [], stillAssumed(told, unknown.get(arn) ?? [])),
  );
}

/** Companions of the cause that were told and that nobody could look for this time. */
const stillAssumed = (told: Diagnosis[], unknown: string[]): Diagnosis[] =>
  told.map((diagnosis) => ({
    ...diagnosis,
    coCauses: diagnosis.coCauses.filter((id) => unknown.includes(id)),
    mechanisms: diagnosis.mechanisms.filter((id) => unknown.includes(id)),
  }));

/** What people are told about one target group, as one comparable text. */
function gist(diagnoses: Diagnosis[], assumed: Diagnosis[]): string {
  const all = [...diagnoses, ...assumed];
  return JSON.stringify([
    sorted(diagnoses.map(({ confidence }) => confidence)),
    sorted(diagnoses.map(({ severity }) => severity)),
    sorted(all.flatMap(({ coCauses }) => coCauses)),
    sorted(all.flatMap(({ mechanisms }) => mechanisms)),
  ]);
}

const sorted = (words: string[]): string[] => [...new Set(words)].toSorted(compareText);

const byGroup = (a: Diagnosis, b: Diagnosis): number => compareText(a.targetGroupArn, b.targetGroupArn);
