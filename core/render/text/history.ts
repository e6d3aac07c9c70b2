import type { Finding } from '../../model/finding.ts';
import { compareText } from '../../model/target-group-context.ts';
import type { Message } from '../../notification/message.ts';
import { formatHealth } from '../health-words.ts';
import { inert } from '../inert.ts';
import { styles } from './style.ts';
import { table } from './table.ts';
import type { TextOptions } from './text-options.ts';

type HistoryOptions = Pick<TextOptions, 'color' | 'width'>;

/**
 * Remembered findings, those that are there first, the latest first; one of them alone with all of its episodes, and with
 * what happened to it, as its line of history says.
 */
export function renderHistory(
  findings: readonly Finding[],
  { color, width }: HistoryOptions,
  happened: readonly Message[] = [],
): string {
  const [first, ...others] = inert(findings).toSorted(byStatus);
  if (first === undefined) return 'Nothing remembered.\n';
  if (others.length === 0) return renderFinding(first, inert(happened), color);
  const rows = [first, ...others].map((finding) => [
    finding.flappingSince === null ? finding.status : 'flapping',
    minuteOf(finding.resolvedAt ?? finding.openedAt),
    `${finding.past.length + 1}×`,
    finding.fingerprint,
  ]);
  return `${table([['STATUS', 'SINCE', 'EPISODES', 'FINGERPRINT'], ...rows], width).join('\n')}\n`;
}

function renderFinding(finding: Finding, happened: readonly Message[], color: boolean): string {
  const { bold, dim } = styles(color);
  const { fingerprint, status, past, openedAt, resolvedAt, firstEvidence, diagnoses } = finding;
  const episodes = [...past, { openedAt, resolvedAt }].map(
    (episode) =>
      `  ${minuteOf(episode.openedAt)}  →  ${episode.resolvedAt === null ? 'now' : minuteOf(episode.resolvedAt)}`,
  );
  return [
    bold(fingerprint),
    `${status}${finding.flappingSince === null ? '' : `, flapping since ${minuteOf(finding.flappingSince)}`}: ${diagnoses[0]?.title ?? ''}`,
    bold('Episodes'),
    ...episodes,
    ...(happened.length === 0 ? [] : [bold('What happened')]),
    ...happened.map((each) => `  ${minuteOf(each.at)}  ${each.transition}${gist(each)}`),
    bold('First seen by'),
    ...[...new Set(firstEvidence.map(({ saw }) => `  ${saw}`))],
    dim(`last seen ${minuteOf(finding.lastSeenAt)}, run ${finding.lastRun}`),
    '',
  ].join('\n');
}

/** How bad it was then, and how sure. */
function gist({ transition, diagnoses: [first] }: Message): string {
  if (first === undefined || transition === 'resolved') return '';
  const { severity, confidence, coCauses, groupHealth } = first;
  const also = coCauses.length === 0 ? '' : `, with ${coCauses.join(', ')}`;
  return `: ${severity}, ${confidence}${also}, ${formatHealth(groupHealth)}`;
}

const byStatus = (a: Finding, b: Finding): number =>
  statuses.indexOf(a.status) - statuses.indexOf(b.status) ||
  compareText(b.changedAt, a.changedAt) ||
  compareText(a.fingerprint, b.fingerprint);

const statuses: Finding['status'][] = ['open', 'suspected', 'resolved'];

/** `2026-11-20 12:00Z`. */
const minuteOf = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)}Z`;
