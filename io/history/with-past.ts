import type { Grades } from '../../core/diagnosis/check-settings.ts';
import { worthReading } from '../../core/diagnosis/measured/worth-reading.ts';
import type { ForFindings } from '../../core/history/for-findings.ts';
import type { MetricsWanted } from '../../core/history/metric-queries.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Clients } from '../aws/clients.ts';
import { withFlowLogs } from './flow-logs/with-flow-logs.ts';
import { withChanges } from './with-changes.ts';
import { withMetrics } from './with-metrics.ts';

/** What of the time before a run is read. */
export interface PastWanted {
  metrics: MetricsWanted;
  changes: ForFindings;
  flowLogs: ForFindings;
}

export interface PastOptions extends PastWanted {
  /** ARNs of target groups that are read whatever their state, such as those with open findings. */
  urgent?: ReadonlySet<string>;
  /** Checks that are switched off or get another severity, by id. */
  checks?: Grades;
}

/** Nothing of the past. */
export const noPast: PastWanted = { metrics: 'off', changes: 'off', flowLogs: 'off' };

/**
 * The same Facts with what was before: they are judged, and of what is found to be wrong CloudWatch says since when, CloudTrail who changed
 * what around that start, and flow logs what becomes of health checks that nothing explains. Where all of that is off nothing is judged and not
 * a single call is made. What is refused is a gap.
 */
export async function withPast(allFacts: Facts[], clients: Clients, options: PastOptions): Promise<Facts[]> {
  const { metrics, changes, flowLogs, urgent = new Set<string>(), checks } = options;
  if ([metrics, changes, flowLogs].every((wanted) => wanted === 'off')) return allFacts;
  const judged = worthReading(allFacts, checks);
  const measured = metrics === 'off' ? judged : await withMetrics(judged, clients, { metrics, urgent });
  const changed = changes === 'off' ? measured : await withChanges(measured, clients);
  const read = flowLogs === 'off' ? changed : await withFlowLogs(changed, clients);
  return read.map(({ facts }) => facts);
}
