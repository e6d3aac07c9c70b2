import { isDark } from '../lifecycle/coverage.ts';
import { truncate, untruncated, withinLength } from '../lifecycle/truncate.ts';
import type { Finding, Transition } from '../model/finding.ts';
import { incidentKeyOf } from '../model/fingerprint.ts';
import { worstOf } from '../model/severity.ts';
import { compareText } from '../model/target-group-context.ts';
import { type Incident, isActive, type Muted, serviceOfFinding } from './incident.ts';
import { type Inhibitors, inhibitorsOf } from './inhibition.ts';
import { expiredEvidence, type Message } from './message.ts';
import { type Mute, muteOf } from './mute.ts';
import { isQuietAt } from './policy.ts';
import type { Announcements, IncidentUpdate, Situation } from './situation.ts';
import { summarizeIncidents } from './summary-state.ts';

/**
 * What people are owed: the difference between the findings as they are and the incidents as they were told. It depends
 * on these alone, so a run that is killed on the way leaves to the next one exactly what it did not write.
 */
export function announce(given: Situation): Announcements {
  const situation: Setting = { ...given, inhibitorOf: inhibitorsOf(given.findings) };
  const cases = Map.groupBy(situation.findings, ({ fingerprint }) => incidentKeyOf(fingerprint));
  const remembered = new Map(situation.incidents.map((incident) => [incident.key, incident]));
  const updates = [...cases]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([key, findings]) => follow({ key, findings, before: remembered.get(key) ?? null }, situation));
  return summarizeIncidents(updates, situation);
}

interface Setting extends Situation {
  inhibitorOf: Inhibitors;
}

interface Case {
  key: string;
  findings: Finding[];
  before: Incident | null;
}

function follow({ key, findings, before }: Case, situation: Setting): IncidentUpdate[] {
  const { rules, at } = situation;
  const members = new Map(
    before?.status === 'open' ? before.members.map(({ fingerprint, news: revision }) => [fingerprint, revision]) : [],
  );
  const known = findings.filter(({ fingerprint }) => members.has(fingerprint));
  const active = findings.filter(isActive);
  const concerned = active.length > 0 ? active : known;
  if (
    rules.quietHours !== null &&
    isQuietAt(rules.quietHours, at) &&
    worstOf(concerned.flatMap(({ diagnoses }) => diagnoses)) !== 'critical'
  )
    return [];

  const speaking = active.filter(
    (finding) =>
      mutedBy(finding, situation) === undefined &&
      (members.has(finding.fingerprint) || !isHeldBack(finding, situation)),
  );
  const over = known.filter((finding) => !isActive(finding));
  const update = (transition: Telling, about: Finding[]): IncidentUpdate =>
    updateOf({ key, before, members, active, speaking, over }, transition, { about, situation });

  if (before?.status !== 'open') return speaking.length === 0 ? [] : [update(openingOf(speaking), speaking)];
  if (active.length === 0) {
    const everybodyMuted = known.every((finding) => mutedBy(finding, situation) !== undefined);
    return [update(everybodyMuted ? null : 'resolved', known)];
  }
  const fresh = speaking.filter(({ fingerprint, news: revision }) => members.get(fingerprint) !== revision);
  if (fresh.length > 0) return [update(openingOf(fresh) === 'flapping' ? 'flapping' : 'changed', speaking)];
  if (over.length > 0) return [update(speaking.length === 0 ? null : 'changed', speaking)];
  const hoursSilent = (Date.parse(at) - Date.parse(before.toldAt)) / 3_600_000;
  const isDue = rules.remindAfterHours !== null && hoursSilent >= rules.remindAfterHours;
  return isDue && speaking.length > 0 ? [update('reminder', speaking)] : [];
}

type Telling = Transition | 'reminder' | null;

const openingOf = (findings: Finding[]): 'opened' | 'flapping' =>
  findings.some(({ flappingSince }) => flappingSince !== null) ? 'flapping' : 'opened';

/** True for what nobody is told yet: too young, or explained by something else that is known. */
const isHeldBack = (finding: Finding, { rules, at, inhibitorOf, report }: Setting): boolean =>
  Date.parse(at) - Date.parse(finding.openedAt) < rules.holdDownMinutes * 60_000 ||
  inhibitorOf(finding) !== undefined ||
  isDark(finding.diagnoses[0]?.cluster ?? null, report);

const mutedBy = ({ fingerprint }: Finding, { mutes, at }: Situation): Mute | undefined =>
  muteOf([fingerprint, incidentKeyOf(fingerprint)], mutes, at);

interface Standing {
  key: string;
  before: Incident | null;
  members: Map<string, number>;
  active: Finding[];
  speaking: Finding[];
  over: Finding[];
}

function updateOf(
  { key, before, members, active, speaking, over }: Standing,
  transition: Telling,
  { about, situation }: { about: Finding[]; situation: Situation },
): IncidentUpdate {
  const { at, report, board } = situation;
  const isOpening = before?.status !== 'open';
  const isOver = active.length === 0;
  const episode = (before?.episode ?? 0) + (isOpening ? 1 : 0);
  // A summary has reported it already, in a run that was killed before it wrote the incident.
  const isCovered = isOpening && board?.covers.includes(`${key}#${episode}`) === true;
  const heard = new Set(speaking.map(({ fingerprint }) => fingerprint));
  const incident: Incident = {
    key,
    status: isOver ? 'resolved' : 'open',
    episode,
    revision: (before?.revision ?? 0) + 1,
    openedAt: isOpening ? earliest(active, at) : before.openedAt,
    resolvedAt: isOver ? at : null,
    toldAt: transition === null ? (before?.toldAt ?? at) : at,
    lastRun: report.run.id,
    members: active
      .filter(({ fingerprint }) => heard.has(fingerprint) || members.has(fingerprint))
      .map(({ fingerprint, news: revision }) => ({
        fingerprint,
        news: heard.has(fingerprint) ? revision : (members.get(fingerprint) ?? revision),
      })),
  };
  if (transition === null || isCovered) return { before, incident, findings: about, message: null };

  const muted = active.flatMap((finding): Muted[] => {
    const mute = mutedBy(finding, situation);
    return mute === undefined ? [] : [{ ...mute, service: serviceOfFinding(finding) }];
  });
  const past = about.flatMap((finding) => finding.past).toSorted((a, b) => compareText(a.openedAt, b.openedAt));
  const expired = withinLength(expiredEvidence(about).slice(0, mostExpired), longestExpired);
  const message: Message = {
    key: `${key}#${episode}#${incident.revision}`,
    fingerprint: key,
    transition,
    at,
    openedAt: incident.openedAt,
    ...truncate(untruncated(about.flatMap(({ diagnoses }) => diagnoses)), longestDigest),
    services: named(about),
    ...(!isOver && over.length > 0 && { recovered: named(over).names }),
    ...(muted.length > 0 && { muted: muted.slice(0, mostNames) }),
    ...(past.length > 0 && { past: past.slice(-mostPast) }),
    ...(expired.length > 0 && { firstEvidence: expired }),
  };
  return { before, incident, findings: about, message };
}

const mostNames = 50;
const mostPast = 5;
const mostExpired = 20;

/**
 * Characters of JSON that the diagnoses of a message and the evidence that has expired may take: an item holds the members of
 * the incident too (`io/store/long-list.ts`).
 */
const longestDigest = 40_000;
const longestExpired = 10_000;

function named(findings: Finding[]): { names: string[]; more: number } {
  const names = [...new Set(findings.map(serviceOfFinding))].toSorted(compareText);
  return { names: names.slice(0, mostNames), more: Math.max(0, names.length - mostNames) };
}

const earliest = (findings: Finding[], at: string): string =>
  findings.map(({ openedAt }) => openedAt).toSorted(compareText)[0] ?? at;
