import { type Severity, severities } from '../model/severity.ts';
import type { Message } from './message.ts';
import { matches } from './mute.ts';
import type { SummaryLine } from './summary-line.ts';

/** Which messages go to some channels: those that meet everything that `match` names. */
export interface Route {
  match: {
    /** This severity or a worse one. */
    severity?: Severity | undefined;
    /** Names; `*` stands for any characters. */
    clusters?: string[] | undefined;
    namespaces?: string[] | undefined;
    /** Values of the team label of Services. */
    teams?: string[] | undefined;
  };
  /** Names of channels. */
  to: string[];
  /** Who is mentioned in Slack when an incident opens: `here`, `channel`, or the id of a member or a user group. */
  mention?: string | undefined;
}

/** What a route looks at; `undefined` = not known, so that it may be anything. */
interface Subject {
  severity: Severity;
  cluster: string | null;
  namespaces: (string | null)[] | undefined;
  teams: (string | null)[] | undefined;
}

/**
 * What a channel is told of a message: all of it when no route names the channel, nothing when none of its routes
 * matches, and of a summary the lines that match. What a summary has no line for may be anything, so it is told.
 */
export function messageFor(channel: string, message: Message, routes: Route[]): Message | null {
  const own = routes.filter(({ to }) => to.includes(channel));
  if (own.length === 0) return message;
  const { summary } = message;
  if (summary === undefined) {
    return own.some((route) => message.diagnoses.some((diagnosis) => meets(subjectOf(diagnosis), route)))
      ? message
      : null;
  }
  const lines = summary.lines.filter((line) => own.some((route) => meets(subjectOfLine(line), route)));
  if (lines.length === 0 && summary.more === 0 && summary.lines.length > 0) return null;
  if (lines.length === summary.lines.length && summary.more === 0) return message;
  const { causes: _, ...chosen } = summary;
  return { ...message, summary: { ...chosen, lines } };
}

/** Who is to be mentioned in a channel when this incident opens: the first that a matching route names. */
export const mentionFor = (channel: string, { transition, diagnoses }: Message, routes: Route[]): string | undefined =>
  transition !== 'opened'
    ? undefined
    : routes.find(
        (route) =>
          route.mention !== undefined &&
          route.to.includes(channel) &&
          diagnoses.some((diagnosis) => meets(subjectOf(diagnosis), route)),
      )?.mention;

const subjectOf = ({ severity, cluster, namespace, team }: Message['diagnoses'][number]): Subject => ({
  severity,
  cluster,
  namespaces: [namespace],
  teams: [team ?? null],
});

const subjectOfLine = ({ severity, cluster, services, moreServices, teams }: SummaryLine): Subject => ({
  severity,
  cluster,
  namespaces:
    moreServices > 0 ? undefined : services.map((service) => (cluster === null ? null : (service.split('/')[0] ?? ''))),
  teams: moreServices > 0 ? undefined : (teams ?? [null]),
});

function meets({ severity, cluster, namespaces, teams }: Subject, { match }: Route): boolean {
  if (match.severity !== undefined && severities.indexOf(severity) > severities.indexOf(match.severity)) return false;
  return isNamed([cluster], match.clusters) && isNamed(namespaces, match.namespaces) && isNamed(teams, match.teams);
}

/** True when no pattern is asked for, or one of them describes one of the names. */
const isNamed = (names: (string | null)[] | undefined, patterns: string[] | undefined): boolean =>
  patterns === undefined ||
  names === undefined ||
  names.some((name) => name !== null && patterns.some((pattern) => matches(pattern, name)));
