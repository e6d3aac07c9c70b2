import type { RunSummary } from '../core/lifecycle/run-summary.ts';

/** Dimensions of a metric: the deployment, and for auditors their VPC. */
export interface MetricSource {
  Deployment: string;
  Vpc?: string;
}

/** What CloudWatch learns of a finished run; `uncovered` counts what is in VPCs without an auditor. */
export function emitRunMetrics(source: MetricSource, summary: RunSummary, uncovered: number): void {
  const { runId, complete, diagnoses, served, verdict, apiCalls, throttles, gaps, bugs } = summary;
  // An auditor of a VPC that has nothing yet sees what is in others, so that its survey works.
  const isElsewhere = uncovered > 0 && served.unknown === 0;
  const metrics = {
    RunCompleted: 1,
    RunIncomplete: complete && (verdict !== 'unread' || isElsewhere) ? 0 : 1,
    Unhealthy: diagnoses.unhealthy,
    Unserved: served.unserved,
    ClientsBlocked: diagnoses.unserved,
    Unexplained: diagnoses.unexplained,
    ApiCalls: apiCalls,
    Throttles: throttles,
    Gaps: gaps,
    Bugs: bugs ?? 0,
    Uncovered: uncovered,
  };
  emit(source, metrics, { runId });
}

/** What CloudWatch learns of messages that somebody refused. */
export function emitRefusals(source: MetricSource, refused: number): void {
  emit(source, { MessagesRefused: refused }, {});
}

/** One line in the embedded metric format (CloudWatch user guide, "Specification: Embedded metric format"). */
function emit(source: MetricSource, metrics: Record<string, number>, properties: Record<string, unknown>): void {
  const Metrics = Object.keys(metrics).map((Name) => ({ Name, Unit: 'Count' }));
  const CloudWatchMetrics = [{ Namespace: 'EksNlbAuditor', Dimensions: [Object.keys(source)], Metrics }];
  const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics }, ...source, ...metrics, ...properties };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
