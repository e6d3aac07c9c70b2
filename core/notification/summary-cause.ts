import { parseKey } from '../model/fingerprint.ts';
import { type Severity, severities } from '../model/severity.ts';
import { compareText } from '../model/target-group-context.ts';
import type { SummaryLine } from './summary-line.ts';

/** One cause with the incidents that it makes in every cluster. */
export interface SummaryCause {
  /** Catalogue id, or `unexplained`. */
  cause: string;
  /** Of the worst incident. */
  severity: Severity;
  title: string;
  incidents: number;
  /** Services of all of them. */
  services: number;
  /** Names of the clusters; the first five. */
  clusters: string[];
  moreClusters: number;
  /** RFC 3339, of the oldest incident. */
  openedAt: string;
}

const mostClusters = 5;

/** The causes of all incidents that have a line, those with the worst severity and the most incidents first. */
export const causesOf = (lines: SummaryLine[]): SummaryCause[] =>
  [...Map.groupBy(lines, ({ key }) => parseKey(key).cause)]
    .map(([cause, alike]) => causeOf(cause, alike))
    .toSorted(byWeight);

/** The causes of two summaries that tell of different incidents. */
export function mergedCauses(one: SummaryCause[], other: SummaryCause[]): SummaryCause[] {
  const merged = new Map(one.map((cause) => [cause.cause, cause]));
  for (const cause of other) {
    const known = merged.get(cause.cause);
    merged.set(cause.cause, known === undefined ? cause : added(known, cause));
  }
  return [...merged.values()].toSorted(byWeight);
}

function causeOf(cause: string, lines: SummaryLine[]): SummaryCause {
  const [worst] = lines.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const clusters = [...new Set(lines.flatMap(({ cluster }) => cluster ?? []))].toSorted(compareText);
  return {
    cause,
    severity: worst?.severity ?? 'low',
    title: worst?.title ?? cause,
    incidents: lines.length,
    services: lines.reduce((sum, { services, moreServices }) => sum + services.length + moreServices, 0),
    clusters: clusters.slice(0, mostClusters),
    moreClusters: Math.max(0, clusters.length - mostClusters),
    openedAt: lines.map(({ openedAt }) => openedAt).toSorted(compareText)[0] ?? '',
  };
}

function added(one: SummaryCause, other: SummaryCause): SummaryCause {
  const [worst = one] = [one, other].toSorted(byWeight);
  const [openedAt = one.openedAt] = [one.openedAt, other.openedAt].toSorted(compareText);
  const clusters = [...new Set([...one.clusters, ...other.clusters])].toSorted(compareText);
  // Clusters that neither names may be the same ones.
  const all = Math.max(
    clusters.length,
    one.clusters.length + one.moreClusters,
    other.clusters.length + other.moreClusters,
  );
  return {
    ...worst,
    incidents: one.incidents + other.incidents,
    services: one.services + other.services,
    clusters: clusters.slice(0, mostClusters),
    moreClusters: all - Math.min(clusters.length, mostClusters),
    openedAt,
  };
}

const byWeight = (a: SummaryCause, b: SummaryCause): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  b.incidents - a.incidents ||
  compareText(a.cause, b.cause);
