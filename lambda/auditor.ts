import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { assess } from '../core/diagnosis/assess.ts';
import { isUncovered } from '../core/diagnosis/uncovered.ts';
import type { Setup } from '../core/lifecycle/baseline.ts';
import { recordRun } from '../core/lifecycle/record-run.ts';
import { type RunSummary, summarize } from '../core/lifecycle/run-summary.ts';
import { withMemory } from '../core/lifecycle/timeline.ts';
import { kindsOfGaps } from '../core/model/gap-kinds.ts';
import type { Report } from '../core/model/report.ts';
import { costOf } from '../core/model/run-cost.ts';
import { linkReport } from '../core/notification/link-report.ts';
import { type Advance, advance } from '../core/notification/reconcile-state.ts';
import { connect } from '../io/aws/clients.ts';
import { log } from '../io/log.ts';
import { emitRunMetrics } from '../io/metrics.ts';
import { observe } from '../io/observe.ts';
import { keepReport } from '../io/reports/keep-report.ts';
import { reportKey } from '../io/reports/report-key.ts';
import type { Lease } from '../io/store/lease.ts';
import { openStore, type Store } from '../io/store/store.ts';
import { type Diagnostics, examineSelf } from './examine-self.ts';
import { type AuditEvent, type Invocation, invocationOf } from './invocation.ts';

/** A run in numbers; of a dry run also where its report is kept. */
type Answer = RunSummary & { report?: { bucket: string; key: string } };

/** Audits once. Answers with the run in numbers; the findings are in the table. */
export const handler = async (
  event: AuditEvent,
  context: Context,
): Promise<Answer | Diagnostics | { skipped: string }> => {
  const invocation = invocationOf(event, context);
  if (event.doctor) return examineSelf(invocation);

  const { settings, owner, endsAt } = invocation;
  const { table, findingsRetentionDays: retentionDays } = settings;
  const client = new DynamoDBClient();
  try {
    const store = openStore({ client, table, scope: owner, retentionDays });
    if (event.dryRun) return await rehearse(invocation, store);

    const lease = await store.acquire(context.awsRequestId, endsAt);
    if (lease === null) return { skipped: 'another run holds the lease' };
    try {
      const audited = await audit(invocation, store);
      const [isKept] = await Promise.all([keep(audited, invocation), save(audited, store, lease)]);
      const { summary, uncovered } = audited;
      const source = { Deployment: settings.name, Vpc: settings.vpcId ?? 'all' };
      const complete = summary.complete && isKept;
      if (event.clusters === undefined) emitRunMetrics(source, { ...summary, complete }, uncovered);
      return summary;
    } finally {
      await store.release(lease);
    }
  } finally {
    client.destroy();
  }
};

interface Audited extends Pick<Advance, 'changes' | 'announcements'> {
  report: Report;
  summary: RunSummary;
  /** To be remembered. */
  setups: Map<string, Setup>;
  /** Clusters and VPCs that no auditor covers. */
  uncovered: number;
}

/** The straight line, up to what is to be saved. */
async function audit(invocation: Invocation, store: Store): Promise<Audited> {
  const { id, settings, scope, vantage, memoryMb, owner, signal } = invocation;
  const { elbCallsPerSecond, probe, checks, teamLabel, reportBucket } = settings;
  const clients = connect({ callsPerSecond: elbCallsPerSecond, signal });
  try {
    const { run, inventory, facts } = await observe(clients, { id, scope, ...vantage, probe });
    const memory = await store.remember();
    const durationMs = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
    const observation = { run: { ...run, cost: costOf({ durationMs, memoryMb }) }, inventory, facts };
    const { report: judged, setups } = assess(observation, { checks, teamLabel, setups: memory.setups });
    const { changes, announcements, memory: after } = advance(memory, judged, settings, scope);
    const report = withMemory(judged, after.findings);

    const summary = summarize(report, changes);
    for (const { example, gaps } of kindsOfGaps(report.coverage.gaps))
      log('warn', 'not read', { runId: id, gap: example, count: gaps.length });
    log('info', 'audited', { ...summary });
    return {
      report,
      changes,
      announcements: reportBucket ? linkReport(announcements, reportKey(owner, id, 'html')) : announcements,
      setups,
      summary,
      uncovered: inventory.gaps.filter(isUncovered).length,
    };
  } finally {
    clients.close();
  }
}

async function save({ report, changes, announcements, setups, summary }: Audited, store: Store, lease: Lease) {
  await store.save(changes, lease);
  await store.saveNews(announcements, lease);
  await store.saveSetups(setups, report.run.finishedAt);
  await store.saveRun(summary, recordRun(report));
}

/** False where the report could not be kept. */
async function keep({ report }: Audited, { settings, owner }: Invocation): Promise<boolean> {
  const { reportBucket: bucket } = settings;
  return bucket === undefined || keepReport({ bucket, scope: owner }, report);
}

async function rehearse(invocation: Invocation, store: Store): Promise<Answer> {
  const { id, settings, owner } = invocation;
  const audited = await audit(invocation, store);
  const { reportBucket: bucket } = settings;
  if (bucket === undefined || !(await keep(audited, invocation))) return audited.summary;
  return { ...audited.summary, report: { bucket, key: reportKey(owner, id, 'json') } };
}
