import type { Context } from 'aws-lambda';

import { isUncovered } from '../core/diagnosis/uncovered.ts';
import { recordRun } from '../core/lifecycle/record-run.ts';
import { type RunSummary, summarize } from '../core/lifecycle/run-summary.ts';
import type { Change } from '../core/model/finding.ts';
import type { Report } from '../core/model/report.ts';
import { linkReport } from '../core/notification/link-report.ts';
import { log } from '../io/log.ts';
import { emitRunMetrics } from '../io/metrics.ts';
import { keepReport } from '../io/reports/keep-report.ts';
import { reportKey } from '../io/reports/report-key.ts';
import { type AuditRun, paceOf, runAudit } from '../io/run/audit-run.ts';
import { logGaps } from '../io/run/gap-log.ts';
import type { Lease } from '../io/store/lease.ts';
import { openStore, type Store } from '../io/store/store.ts';
import { tableClient } from '../io/store/table-client.ts';
import { tryInTurn } from '../io/store/try-all.ts';
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
  const client = tableClient();
  try {
    const store = openStore({ client, table, scope: owner, retentionDays });
    if (event.dryRun) return await rehearse(invocation, store);

    const lease = await store.acquire(context.awsRequestId, endsAt);
    if (lease === null) return { skipped: 'another run holds the lease' };
    try {
      const audited = await audit(invocation, store, (changes) => store.save(changes, lease));
      const began = Date.now();
      const [isKept] = await Promise.all([keep(audited, invocation), save(audited, { store, lease, invocation })]);
      if (event.clusters === undefined) await saveSurvey(audited, { store, closingMs: Date.now() - began });
      const { summary, uncovered } = audited;
      const source = { Deployment: settings.name, Vpc: settings.vpcId ?? 'all' };
      const complete = isAsPlanned(audited.report) && isKept;
      if (event.clusters === undefined) emitRunMetrics(source, { ...summary, complete }, uncovered);
      return summary;
    } finally {
      await store.release(lease);
    }
  } finally {
    client.destroy();
  }
};

interface Audited extends AuditRun {
  remembered: Parameters<typeof runAudit>[0]['remembered'];
  summary: RunSummary;
  /** Clusters and VPCs that no auditor covers. */
  uncovered: number;
}

/** The whole line, up to what is still to be saved at its end. */
async function audit(
  invocation: Invocation,
  store: Store,
  saveChanges: (changes: Change[]) => Promise<void>,
): Promise<Audited> {
  const [memory, survey] = await Promise.all([store.remember(), store.rememberSurvey()]);
  const remembered = { memory, survey };
  const run = await runAudit({ ...invocation, remembered, save: saveChanges });
  const summary = summarize(run.report, run.changes);
  logGaps(invocation.id, run.report.coverage.gaps);
  log('info', 'audited', { ...summary });
  return { ...run, remembered, summary, uncovered: run.observed.inventory.gaps.filter(isUncovered).length };
}

interface Closing {
  store: Store;
  lease: Lease;
  invocation: Invocation;
}

async function save(
  { report, unsaved, findings, announcements, setups, summary }: Audited,
  { store, lease, invocation }: Closing,
) {
  const { id, owner, settings } = invocation;
  const linked = settings.reportBucket ? linkReport(announcements, reportKey(owner, id, 'html')) : announcements;
  // What one step leaves unwritten the next run writes: each is the difference between memory and what is seen.
  await tryInTurn([
    () => store.save(unsaved, lease),
    () => store.saveNews(linked, lease),
    () => store.saveSightings(findings, lease),
    () => store.saveSetups(setups, report.run.finishedAt),
    () => store.saveRun(summary, recordRun(report)),
  ]);
}

/** Last, because it says how long everything before it took. */
async function saveSurvey(
  { remembered, survey, concludeMsPerGroup, report }: Audited,
  { store, closingMs }: { store: Store; closingMs: number },
): Promise<void> {
  const { survey: before } = remembered;
  const after = { ...survey, pace: paceOf({ concludeMsPerGroup, closingMs }, before.pace) };
  await store.saveSurvey({ before, after, at: report.run.finishedAt });
}

/** True when nothing is missing but what is read in a later run, its turn. */
const isAsPlanned = ({ coverage }: Report): boolean =>
  coverage.gaps.every(({ reason }) => reason === 'not-requested' || reason === 'deferred');

/** False where the report could not be kept. */
async function keep({ report }: Audited, { settings, owner }: Invocation): Promise<boolean> {
  const { reportBucket: bucket } = settings;
  return bucket === undefined || keepReport({ bucket, scope: owner }, report);
}

async function rehearse(invocation: Invocation, store: Store): Promise<Answer> {
  const { id, settings, owner } = invocation;
  const audited = await audit(invocation, store, async () => undefined);
  const { reportBucket: bucket } = settings;
  if (bucket === undefined || !(await keep(audited, invocation))) return audited.summary;
  return { ...audited.summary, report: { bucket, key: reportKey(owner, id, 'json') } };
}
