import { parseKey } from '../../model/fingerprint.ts';
import type { Summary, SummaryLine } from '../../notification/summary.ts';
import { minute } from '../minute.ts';

/** A summary in words; nothing is escaped yet. */
export interface SummaryWords {
  headline: string;
  /** One for each incident, of two rows. */
  lines: string[];
  footer: string[];
}

/** Puts a summary into words, for every medium alike. */
export function summaryWords(summary: Summary): SummaryWords {
  const { lines, more, muted, offenders } = summary;
  return {
    headline: headline(summary),
    lines: [
      ...lines.map(line),
      ...(more > 0 ? [`and ${more} more`] : []),
      ...(offenders.length === 0
        ? []
        : [`Came back most often: ${offenders.map(({ key, episodes }) => `${key} (${episodes} times)`).join(', ')}`]),
    ],
    footer: [...(muted === 0 ? [] : [`${muted} muted`]), 'Each is followed from here on'],
  };
}

function headline({ kind, open, openBefore, opened, resolved, lines, more }: Summary): string {
  const count = lines.length + more;
  if (kind === 'first') return `First audit: ${causes(count)} of unhealthy targets`;
  if (kind === 'many') return `Unhealthy: ${causes(count)} at once`;
  const trend = openBefore === null || openBefore === open ? 'as before' : `before: ${openBefore}`;
  return `Digest: ${causes(open)} open (${trend}), ${opened ?? 0} opened, ${resolved ?? 0} resolved`;
}

const causes = (count: number): string => `${count} ${count === 1 ? 'cause' : 'causes'}`;

function line({ key, severity, title, cluster, services, moreServices, openedAt }: SummaryLine): string {
  const more = moreServices > 0 ? ` and ${moreServices} more` : '';
  const where = cluster === null ? 'owned by no cluster' : `in cluster ${cluster}`;
  return `${severity}: ${title}\n${services.join(', ')}${more} ${where} · ${parseKey(key).cause} · since ${minute(openedAt)}`;
}
