import { isUncovered } from '../core/diagnosis/uncovered.ts';
import { recordRun } from '../core/lifecycle/record-run.ts';
import { type RunSummary, summarize } from '../core/lifecycle/run-summary.ts';
import type { Report } from '../core/model/report.ts';
import { linkReport } from '../core/notification/link-report.ts';
import { log } from '../io/log.ts';
import { emitRunMetrics } from '../io/metrics.ts';
import { keepReport } from '../io/reports/keep-report.ts';
import { reportKey } from '../io/reports/report-key.ts';
import { type AuditRun, type AuditRunOptions, paceOf } from '../io/run/audit-run.ts';
import { logGaps } from '../io/run/gap-log.ts';
import { leavingAlone } from '../io/store/fence.ts';
import type { Lease } from '../io/store/lease.ts';
import type { Store } from '../io/store/store.ts';
import { tryAll, tryInTurn } from '../io/store/try-all.ts';
import type { Invocation } from './invocation.ts';

export interface Audited extends AuditRun {
  remembered: AuditRunOptions['remembered'];
  summary: RunSummary;
  /** Clusters and VPCs that no auditor covers. */
  uncovered: number;
}

export interface Closing {
  store: Store;
  lease: Lease;
  invocation: Invocation;
  /** False for a run about some clusters by name, or some target groups. */
  isWhole: boolean;
  /** False for a run beside the one with the lease, which alone says when everything was last seen. */
  seesAll?: boolean;
}

/** The run together with itself in numbers, which are logged. */
export function recounted(run: AuditRun, { id, remembered }: Pick<AuditRunOptions, 'id' | 'remembered'>): Audited {
  const summary = summarize(run.report, run.changes);
  logGaps(id, run.report.coverage.gaps);
  log('info', 'audited', { ...summary });
  return { ...run, remembered, summary, uncovered: run.observed.inventory.gaps.filter(isUncovered).length };
}

/** Keeps the report and saves everything that is still to be saved; answers with the run in numbers. */
export async function closeRun(
  audited: Audited,
  { store, lease, invocation, isWhole, seesAll = true }: Closing,
): Promise<RunSummary> {
  const { summary, uncovered } = audited;
  const { settings } = invocation;
  const began = Date.now();
  let isKept = false;
  const keepIt = async (): Promise<void> => {
    isKept = await keep(audited, invocation);
  };
  await tryInTurn([
    () => tryAll([keepIt(), save(audited, { store, lease, invocation, seesAll })]),
    async () => {
      if (isWhole) await saveSurvey(audited, { store, closingMs: Date.now() - began });
    },
  ]);
  if (!isWhole) return summary;
  const complete = isAsPlanned(audited.report) && isKept;
  emitRunMetrics({ Deployment: settings.name, Vpc: settings.vpcId ?? 'all' }, { ...summary, complete }, uncovered);
  return summary;
}

/** False where the report could not be kept. */
export async function keep({ report }: Audited, { settings, owner }: Invocation): Promise<boolean> {
  const { reportBucket: bucket } = settings;
  return bucket === undefined || keepReport({ bucket, scope: owner }, report);
}

async function save(
  { report, unsaved, findings, announcements, baselines, summary }: Audited,
  { store, lease, invocation, seesAll }: Omit<Closing, 'isWhole'>,
) {
  const { id, owner, settings } = invocation;
  const linked = settings.reportBucket ? linkReport(announcements, reportKey(owner, id, 'html')) : announcements;
  // What one step leaves unwritten the next run writes: each is the difference between memory and what is seen.
  await tryInTurn([
    () => leavingAlone(store.save(unsaved, lease)),
    () => leavingAlone(store.saveAnnouncements(linked, lease)),
    async () => {
      if (seesAll) await store.saveSightings(findings, lease);
    },
    () => store.saveBaselines(baselines, report.run.finishedAt),
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
