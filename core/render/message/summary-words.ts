import { parseKey } from '../../model/fingerprint.ts';
import type { Severity } from '../../model/severity.ts';
import type { Summary } from '../../notification/summary.ts';
import { causesOf, type SummaryCause } from '../../notification/summary-cause.ts';
import type { SummaryLine } from '../../notification/summary-line.ts';
import { minute } from '../minute.ts';

/** A summary in words; nothing is escaped yet. */
export interface SummaryWords {
  headline: string;
  /** One for each cause, of two rows, the worst first; without a severity where a line is about no cause. */
  lines: { severity: Severity | null; text: string }[];
  footer: string[];
}

/** Puts a summary into words, for every medium alike. A cause in many clusters is one line with counts. */
export function summaryWords(summary: Summary): SummaryWords {
  const { lines, muted, offenders } = summary;
  const causes = causesIn(summary);
  const shown = causes.slice(0, mostLines);
  const more = lines.length + summary.more - shown.reduce((sum, { incidents }) => sum + incidents, 0);
  const lineOf = new Map(lines.map((line) => [parseKey(line.key).cause, line]));
  return {
    headline: headline(summary, causes.length),
    lines: [
      ...shown.map((cause) => {
        const alone = lineOf.get(cause.cause);
        const text = cause.incidents === 1 && alone !== undefined ? sayLine(alone) : sayCause(cause);
        return { severity: cause.severity, text };
      }),
      ...(more > 0 ? [`and ${more} more`] : []).map(aboutNoCause),
      ...(offenders.length === 0
        ? []
        : [`Came back most often: ${offenders.map(({ key, episodes }) => `${key} (${episodes} times)`).join(', ')}`]
      ).map(aboutNoCause),
    ],
    footer: [...(muted === 0 ? [] : [`${muted} muted`]), 'Each is followed from here on'],
  };
}

const mostLines = 40;

const aboutNoCause = (text: string) => ({ severity: null, text });

/** Of what a channel is told: its routes leave lines out, and with them the counts over all incidents. */
const causesIn = ({ causes, lines }: Summary): SummaryCause[] => causes ?? causesOf(lines);

function headline(summary: Summary, causes: number): string {
  const { kind, open, openBefore, opened, resolved, lines, more } = summary;
  const count = lines.length + more;
  if (kind === 'first') return `First audit: ${sayCount(count, causes)} of unhealthy targets`;
  if (kind === 'many') return `Unhealthy: ${sayCount(count, causes)} at once`;
  const trend = openBefore === null || openBefore === open ? 'as before' : `before: ${openBefore}`;
  // A route that leaves out lines leaves out their causes, and not what is open.
  const all = summary.causes === undefined ? counted(open, 'incident') : sayCount(open, causes);
  return `Digest: ${all} open (${trend}), ${opened ?? 0} opened, ${resolved ?? 0} resolved`;
}

/** Without "incident" where each cause is one. */
const sayCount = (incidents: number, causes: number): string =>
  incidents <= causes || causes === 0
    ? counted(incidents, 'cause')
    : `${counted(causes, 'cause')} in ${counted(incidents, 'incident')}`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function sayLine({ key, severity, title, cluster, services, moreServices, openedAt }: SummaryLine): string {
  const more = moreServices > 0 ? ` and ${moreServices} more` : '';
  const where = cluster === null ? 'owned by no cluster' : `in cluster ${cluster}`;
  return `${severity}: ${title}\n${services.join(', ')}${more} ${where} · ${parseKey(key).cause} · since ${minute(openedAt)}`;
}

function sayCause({
  cause,
  severity,
  title,
  incidents,
  services,
  clusters,
  moreClusters,
  openedAt,
}: SummaryCause): string {
  const all = clusters.length + moreClusters;
  const names = `${clusters.join(', ')}${moreClusters > 0 ? ` and ${moreClusters} more` : ''}`;
  const where = all === 0 ? 'owned by no cluster' : `in ${counted(all, 'cluster')} (${names})`;
  const how = `${counted(incidents, 'incident')}, ${counted(services, 'Service')}`;
  return `${severity}: ${title}\n${how} ${where} · ${cause} · since ${minute(openedAt)}`;
}
