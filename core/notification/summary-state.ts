import { nothingOmitted } from '../lifecycle/truncate.ts';
import type { Incident } from './incident.ts';
import type { Message } from './message.ts';
import type { Announcements, IncidentUpdate, Situation, SummaryState } from './situation.ts';
import { type Case, offendersOf, type Summary, summaryLines } from './summary.ts';

/** Puts many openings into one summary, those of the first run too, and adds the digest when it is due. */
export function summarizeIncidents(updates: IncidentUpdate[], situation: Situation): Announcements {
  const { board, rules, at, report } = situation;
  const openings = updates.filter(isOpening);
  const isFirst = board === null;
  const isMany = openings.length > (isFirst ? 1 : rules.summaryAbove);
  const isDue = board !== null && isDigestDue(board, situation);
  if (!isFirst && !isMany && !isDue) return { board: null, incidents: updates };

  const after = openAfter(updates, situation.incidents);
  const key = `${report.run.account}/${report.run.region}/summary`;
  const revision = (board?.revision ?? 0) + 1;
  const summarized = new Set(isMany ? openings : []);
  const kind = isDue ? 'digest' : isFirst ? 'first' : 'many';
  const shown = isDue ? casesOf(after, situation) : openings;
  const summary: Summary = {
    kind,
    ...summaryLines(shown),
    open: after.length,
    openBefore: isDue ? board.openThen : null,
    opened: isDue ? after.filter(({ openedAt }) => openedAt > board.digestedAt).length : null,
    resolved: isDue ? resolvedSince(board.digestedAt, updates, situation.incidents) : null,
    offenders: isDue
      ? offendersOf([...after, ...situation.incidents.filter(({ status }) => status === 'resolved')])
      : [],
    muted: situation.mutes.filter(({ until }) => until > at).length,
  };
  const message: Message = {
    key: `${key}#1#${revision}`,
    fingerprint: key,
    transition: 'summary',
    at,
    openedAt: at,
    diagnoses: [],
    omitted: nothingOmitted,
    summary,
  };
  const untold = new Set(updates.flatMap(({ incident, message: own }) => (own === null ? coverOf(incident) : [])));
  const keptCovers = (board?.covers ?? []).filter((cover) => untold.has(cover));
  return {
    board: {
      before: board,
      board: {
        key,
        revision,
        covers: [...keptCovers, ...[...summarized].map(({ incident }) => coverOf(incident))],
        digestedAt: isDue || isFirst ? at : board.digestedAt,
        openThen: isDue || isFirst ? after.length : board.openThen,
        lastRun: report.run.id,
      },
      message: isMany || isDue ? message : null,
    },
    incidents: updates.map((each) => (summarized.has(each) ? { ...each, message: null } : each)),
  };
}

const isOpening = ({ before, message }: IncidentUpdate): boolean => message !== null && before?.status !== 'open';

const coverOf = ({ key, episode }: Incident): string => `${key}#${episode}`;

const daysBetween = { off: Number.POSITIVE_INFINITY, daily: 1, weekly: 7 };

function isDigestDue({ digestedAt }: SummaryState, { rules, at }: Situation): boolean {
  const days = (Date.parse(at) - Date.parse(digestedAt)) / 86_400_000;
  return days >= daysBetween[rules.digest];
}

/** Open incidents as they are once the news are written. */
function openAfter(updates: IncidentUpdate[], incidents: Incident[]): Incident[] {
  const byKey = new Map(incidents.map((incident) => [incident.key, incident]));
  for (const { incident } of updates) byKey.set(incident.key, incident);
  return [...byKey.values()].filter(({ status }) => status === 'open');
}

function casesOf(incidents: Incident[], { findings }: Situation): Case[] {
  const known = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  return incidents.map((incident) => ({
    incident,
    findings: incident.members.flatMap(({ fingerprint }) => known.get(fingerprint) ?? []),
  }));
}

function resolvedSince(moment: string, updates: IncidentUpdate[], incidents: Incident[]): number {
  const now = new Set(updates.map(({ incident }) => incident.key));
  const all = [...incidents.filter(({ key }) => !now.has(key)), ...updates.map(({ incident }) => incident)];
  return all.filter(({ resolvedAt }) => resolvedAt !== null && resolvedAt > moment).length;
}
