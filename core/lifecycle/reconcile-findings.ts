import { alarms, type Diagnosis, hasRecovered, isWrong } from '../model/diagnosis.ts';
import type { Change, Episode, Finding } from '../model/finding.ts';
import type { Scope } from '../model/inventory.ts';
import type { Report } from '../model/report.ts';
import { severities, worstOf } from '../model/severity.ts';
import { compareText } from '../model/target-group-context.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { firstEvidence } from './first-evidence.ts';
import { defaultLifeCycle, type LifeCycleRules } from './thresholds.ts';

/**
 * What differs between memory and report, in the order of the fingerprints: what opened, changed, resolved or flaps, and
 * what is only to be noted. What stayed as it was is passed over in silence, and what the run could not read again stays
 * as it was.
 */
export function compare(
  remembered: Finding[],
  report: Report,
  at: string,
  rules: LifeCycleRules = defaultLifeCycle,
): Change[] {
  const coverage = coverageOf(report);
  const isHidden = hiddenCauses(remembered, report, coverage);
  const alarming = report.diagnoses
    .filter((diagnosis) => isTold(diagnosis) || (rules.emptyZoneAfterMinutes !== null && alarms(diagnosis)))
    .filter((diagnosis) => !isHidden(diagnosis));
  const seen = Map.groupBy(alarming, ({ fingerprint }) => fingerprint);
  const memory = new Map(remembered.map((finding) => [finding.fingerprint, finding]));
  const moment: Moment = { report, coverage, at, rules };

  return [...new Set([...memory.keys(), ...seen.keys()])]
    .toSorted(compareText)
    .flatMap((fingerprint) =>
      transitionsOf(memory.get(fingerprint) ?? null, { fingerprint, diagnoses: seen.get(fingerprint) ?? [] }, moment),
    );
}

/**
 * Tells what is not a new finding: targets without an explanation, where this run could not look for their known cause, or not at
 * their cluster as a whole, where a cause may be; and what was seen beside a known cause that this run could not look for.
 */
function hiddenCauses(memory: Finding[], { diagnoses }: Report, coverage: Coverage): (diagnosis: Diagnosis) => boolean {
  const seen = new Set(diagnoses.map(({ fingerprint }) => fingerprint));
  const unresolved = memory.filter(({ status }) => status !== 'resolved');
  const isKnown = new Set(unresolved.map(({ fingerprint }) => fingerprint));
  const isOpen = new Set(unresolved.flatMap(({ status, fingerprint }) => (status === 'open' ? fingerprint : [])));
  const knownAt = Map.groupBy(
    unresolved
      .filter(({ diagnoses }) => diagnoses.some(({ cause }) => cause !== null))
      .flatMap((finding) => finding.targetGroupArns.map((arn) => ({ arn, finding }))),
    ({ arn }) => arn,
  );
  return ({ verdict, fingerprint, targetGroupArn, cluster, cause }) => {
    if (verdict === 'unexplained' && coverage.isDark(cluster) && !isOpen.has(fingerprint)) return true;
    if (isKnown.has(fingerprint)) return false;
    const open = (knownAt.get(targetGroupArn) ?? []).filter(
      ({ finding }) => !isClear(targetGroupArn, finding, coverage),
    );
    if (verdict === 'unexplained') return open.length > 0;
    return open.some(({ finding }) => !seen.has(finding.fingerprint) && wasBeside(cause, finding));
  };
}

const wasBeside = (cause: string | null, { diagnoses }: Finding): boolean =>
  diagnoses.some(({ coCauses, mechanisms }) => cause !== null && [...coCauses, ...mechanisms].includes(cause));

/** Memory after these changes. */
export function afterChanges(remembered: Finding[], changes: Change[]): Finding[] {
  const memory = new Map(remembered.map((finding) => [finding.fingerprint, finding]));
  for (const { fingerprint, after } of changes) memory.set(fingerprint, after);
  return [...memory.values()];
}

/** True for findings that a run of this scope looks at; about all others it can say nothing. */
export const isWithin = ({ clusters }: Scope, { diagnoses }: Finding): boolean =>
  clusters === undefined || clusters.includes(diagnoses[0]?.cluster ?? '');

/** True when the run proves that the finding is over at this target group. */
function isClear(targetGroupArn: string, { diagnoses: [known] }: Finding, coverage: Coverage): boolean {
  return coverage.isClear({ targetGroupArn, cluster: known?.cluster ?? null, cause: known?.cause ?? null });
}

/** What opens once it was seen often enough, however long it lasts. */
const isTold = (diagnosis: Diagnosis): boolean => isWrong(diagnosis) || hasRecovered(diagnosis);

interface Moment {
  report: Report;
  coverage: Coverage;
  at: string;
  rules: LifeCycleRules;
}

interface Sightings {
  fingerprint: string;
  diagnoses: Diagnosis[];
}

function transitionsOf(before: Finding | null, sighting: Sightings, moment: Moment): Change[] {
  // A run that was killed and is repeated does not count twice.
  if (before?.lastRun === moment.report.run.id) return [];
  if (before?.status === 'open') return transitionsOfOpen(before, sighting, moment);
  if (sighting.diagnoses.length > 0) return [onSeen(before, sighting, moment)];
  if (before?.status === 'suspected') return onSuspectCleared(before, moment);
  return before === null ? [] : onQuiet(before, moment);
}

function transitionsOfOpen(before: Finding, sighting: Sightings, moment: Moment): Change[] {
  const { coverage, at } = moment;
  const seenGroups = new Set(sighting.diagnoses.map(({ targetGroupArn }) => targetGroupArn));
  const unread = new Set(
    before.targetGroupArns.filter((arn) => !seenGroups.has(arn) && !isClear(arn, before, coverage)),
  );
  const targetGroupArns = [...seenGroups, ...unread].toSorted(compareText);
  if (targetGroupArns.length === 0) return [onCleared(before, moment)];

  const kept = before.diagnoses.filter(({ targetGroupArn }) => unread.has(targetGroupArn));
  const diagnoses = [...sighting.diagnoses, ...kept].toSorted(byGroup);
  const isSeen = seenGroups.size > 0;
  const now = { targetGroupArns, diagnoses, ...(isSeen && { lastSeenAt: at, answers: '' }) };
  if (differs(before, { targetGroupArns, diagnoses }, coverage)) return [change('changed', before, now, moment)];
  const settled = onQuiet(before, moment);
  if (settled.length > 0 || !isSeen || before.answers === '') return settled;
  return [change('noted', before, { lastSeenAt: at, answers: '' }, moment)];
}

/** A cause that is seen while it is not open: it opens, or is suspected until it was seen often enough. */
function onSeen(before: Finding | null, { fingerprint, diagnoses }: Sightings, moment: Moment): Change {
  const { at, rules, report } = moment;
  const isAgain = before?.status === 'suspected';
  const answers = `${isAgain ? before.answers : ''}+`.slice(-rules.openAfter.of);
  const { episode = 0, revision = 0, firstSeenAt = at } = before ?? {};
  const suspected: Finding = {
    fingerprint,
    status: 'suspected',
    episode,
    revision: revision + 1,
    news: before?.news ?? 0,
    firstSeenAt,
    lastSeenAt: at,
    openedAt: isAgain ? before.openedAt : at,
    changedAt: at,
    resolvedAt: null,
    lastRun: report.run.id,
    answers,
    turns: before?.turns ?? [],
    flappingSince: before?.flappingSince ?? null,
    past: isAgain ? before.past : pastOf(before),
    firstEvidence: isAgain ? before.firstEvidence : firstEvidence(diagnoses),
    targetGroupArns: [...new Set(diagnoses.map(({ targetGroupArn }) => targetGroupArn))].toSorted(compareText),
    diagnoses: diagnoses.toSorted(byGroup),
  };
  const isThere = count(answers, '+') >= rules.openAfter.bad && (diagnoses.some(isTold) || outlasts(suspected, moment));
  if (!isThere) return { transition: 'noted', fingerprint, before, after: suspected };
  const opened: Finding = { ...suspected, status: 'open', episode: episode + 1, openedAt: at, answers: '' };
  return flapGuard('opened', before, opened, moment);
}

/** True when what is expected has left a zone without a healthy target for so long that it will not pass by itself. */
const outlasts = ({ openedAt }: Finding, { at, rules: { emptyZoneAfterMinutes } }: Moment): boolean =>
  emptyZoneAfterMinutes !== null && minutesBetween(openedAt, at) >= emptyZoneAfterMinutes;

/** A suspicion that was not seen this time: one good answer more, if the run could look. */
function onSuspectCleared(before: Finding, moment: Moment): Change[] {
  if (before.targetGroupArns.some((arn) => !isClear(arn, before, moment.coverage))) return [];
  const answers = `${before.answers}-`.slice(-moment.rules.openAfter.of);
  const after: Partial<Finding> = answers.includes('+')
    ? { answers }
    : { status: 'resolved', answers: '', resolvedAt: moment.at };
  return [change('noted', before, after, moment)];
}

/** A cause that every target group is clear of: it resolves once that was so often enough. */
function onCleared(before: Finding, moment: Moment): Change {
  const answers = `${before.answers}-`;
  if (answers.length < moment.rules.resolveAfter) return change('noted', before, { answers }, moment);
  const { after } = change(
    'noted',
    before,
    { status: 'resolved', answers: '', changedAt: moment.at, resolvedAt: moment.at },
    moment,
  );
  return flapGuard('resolved', before, after, moment);
}

/** Opens or resolves, unless it has done so too often of late: then that is told, once. */
function flapGuard(
  transition: 'opened' | 'resolved',
  before: Finding | null,
  after: Finding,
  { at, rules }: Moment,
): Change {
  const { fingerprint, revision } = after;
  const recent = after.turns.filter((moment) => minutesBetween(moment, at) < rules.flapping.withinMinutes);
  const turns = [...recent, at].slice(-rules.flapping.turns);
  if (before?.flappingSince != null) return { transition: 'noted', fingerprint, before, after: { ...after, turns } };
  if (turns.length < rules.flapping.turns) {
    return { transition, fingerprint, before, after: { ...after, turns, news: revision } };
  }
  return {
    transition: 'flapping',
    fingerprint,
    before,
    after: { ...after, turns, news: revision, flappingSince: at },
  };
}

/** A cause that flapped and has not turned for long enough: it is told where it came to rest. */
function onQuiet(before: Finding, moment: Moment): Change[] {
  const { flappingSince, turns, status } = before;
  const last = turns.at(-1) ?? flappingSince;
  if (flappingSince === null || last === null) return [];
  if (minutesBetween(last, moment.at) < moment.rules.flapping.withinMinutes) return [];
  return [change(status === 'open' ? 'changed' : 'resolved', before, { flappingSince: null, turns: [] }, moment)];
}

/** The next revision of a finding; what is worth telling is its latest news. */
function change(
  transition: Change['transition'],
  before: Finding,
  fields: Partial<Finding>,
  { report, at }: Moment,
): Change {
  const revision = before.revision + 1;
  const isNotable = transition !== 'noted' && (before.flappingSince === null || fields.flappingSince === null);
  const after: Finding = { ...before, ...fields, revision, lastRun: report.run.id };
  return {
    transition: isNotable ? transition : 'noted',
    fingerprint: before.fingerprint,
    before,
    after: isNotable ? { ...after, changedAt: at, news: revision } : after,
  };
}

const mostPast = 10;

const pastOf = (before: Finding | null): Episode[] =>
  before === null || before.episode === 0 || before.resolvedAt === null
    ? (before?.past ?? [])
    : [...before.past, { openedAt: before.openedAt, resolvedAt: before.resolvedAt }].slice(-mostPast);

const minutesBetween = (earlier: string, later: string): number => (Date.parse(later) - Date.parse(earlier)) / 60_000;

const count = (text: string, sign: string): number => text.split(sign).length - 1;

/** True when something changed that people act upon; targets may come and go. */
function differs(before: Finding, now: Pick<Finding, 'targetGroupArns' | 'diagnoses'>, coverage: Coverage): boolean {
  if (before.targetGroupArns.join() !== now.targetGroupArns.join()) return true;
  const today = Map.groupBy(now.diagnoses, ({ targetGroupArn }) => targetGroupArn);
  const lastTime = Map.groupBy(before.diagnoses, ({ targetGroupArn }) => targetGroupArn);
  // Memory may hold fewer diagnoses than target groups: what was left out there cannot be compared.
  return [...lastTime].some(
    ([arn, known]) =>
      gist(known, []) !== gist(today.get(arn) ?? [], stillAssumed(known, coverage.unknownAt(arn))) ||
      isWorse(today.get(arn) ?? [], known),
  );
}

/** Less severe is no news: with a last target that comes and goes it would be sent again and again. */
const isWorse = (now: Diagnosis[], known: Diagnosis[]): boolean =>
  now.length > 0 && severities.indexOf(worstOf(now)) < severities.indexOf(worstOf(known));

/** Companions of the cause that were told and that nobody could look for this time. */
const stillAssumed = (known: Diagnosis[], unknown: string[]): Diagnosis[] =>
  known.map((diagnosis) => ({
    ...diagnosis,
    coCauses: diagnosis.coCauses.filter((id) => unknown.includes(id)),
    mechanisms: diagnosis.mechanisms.filter((id) => unknown.includes(id)),
  }));

/** What people are told about one target group, as one comparable text. */
function gist(diagnoses: Diagnosis[], assumed: Diagnosis[]): string {
  const all = [...diagnoses, ...assumed];
  return JSON.stringify([
    sorted(diagnoses.map(({ confidence }) => confidence)),
    sorted(all.flatMap(({ coCauses }) => coCauses)),
    sorted(all.flatMap(({ mechanisms }) => mechanisms)),
  ]);
}

const sorted = (words: string[]): string[] => [...new Set(words)].toSorted(compareText);

const byGroup = (a: Diagnosis, b: Diagnosis): number => compareText(a.targetGroupArn, b.targetGroupArn);
