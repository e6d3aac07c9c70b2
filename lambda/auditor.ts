import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { advance } from '../core/advance.ts';
import { catalogue } from '../core/catalogue.ts';
import { conclude } from '../core/conclude.ts';
import { gradedChecks } from '../core/graded-checks.ts';
import type { Scope } from '../core/inventory.ts';
import { linkReport } from '../core/link-report.ts';
import type { Vantage } from '../core/probe.ts';
import { recordRun } from '../core/record-run.ts';
import type { Report } from '../core/report.ts';
import { costOf } from '../core/run-cost.ts';
import { type RunSummary, summarize } from '../core/run-summary.ts';
import { setupsOf } from '../core/setup.ts';
import { newlyHealthy, sinceHealthy } from '../core/since-healthy.ts';
import { withTeams } from '../core/teams.ts';
import { isUncovered } from '../core/uncovered.ts';
import { connect } from '../io/clients.ts';
import { collect } from '../io/collect/collect.ts';
import type { Examination } from '../io/doctor/examination.ts';
import { examineAccess } from '../io/doctor/examine-access.ts';
import { log } from '../io/log.ts';
import { emitRunMetrics } from '../io/metrics.ts';
import { probeTargets, withoutProbes } from '../io/probe/probe-targets.ts';
import { keepReport } from '../io/reports/keep-report.ts';
import { reportKey } from '../io/reports/report-key.ts';
import { readSettings, type Settings } from '../io/settings.ts';
import type { Lease } from '../io/store/lease.ts';
import { openStore, type Store } from '../io/store/store.ts';
import { survey } from '../io/survey/survey.ts';

export interface AuditEvent {
  /** Scheduled time, RFC 3339: the identity of the run. */
  time?: string;
  /** Names; only these clusters are audited. */
  clusters?: string[];
  /** Remembers nothing and tells nobody; answers with where its report is, if there is a bucket. */
  dryRun?: boolean;
  /** Answers with what an audit needs and does not have; writes nothing. */
  doctor?: boolean;
}

/** Milliseconds kept back to conclude and save when time runs out. */
const reserveMs = 10_000;

/** Audits once. Answers with the run in numbers; the findings are in the table. */
export const handler = async (
  event: AuditEvent,
  context: Context,
): Promise<(RunSummary & KeptReport) | Diagnostics | { skipped: string }> => {
  const settings = readSettings(process.env);
  const remainingMs = context.getRemainingTimeInMillis();
  const run: Run = {
    id: event.time ?? new Date().toISOString(),
    settings,
    scope: scopeOf(settings, event),
    signal: AbortSignal.timeout(Math.max(0, remainingMs - reserveMs)),
  };
  const client = new DynamoDBClient();
  try {
    const store = openStore({
      client,
      table: settings.table,
      scope: storeScope(settings, context),
      retentionDays: settings.findingsRetentionDays,
    });
    if (event.doctor) return await examineSelf(run);
    if (event.dryRun) {
      const { report, summary } = await audit(run, store);
      return { ...summary, ...(await keepApart(report, settings.reportBucket, storeScope(settings, context))) };
    }

    const lease = await store.acquire(context.awsRequestId, Date.now() + remainingMs);
    if (lease === null) return { skipped: 'another run holds the lease' };
    try {
      const audited = await audit(run, store);
      const [isKept] = await Promise.all([
        keep(audited.report, settings.reportBucket, storeScope(settings, context)),
        save(linked(audited, settings, context), store, lease),
      ]);
      const { summary, uncovered } = audited;
      const complete = summary.complete && isKept;
      if (event.clusters === undefined) emitRunMetrics(sourceOf(settings), { ...summary, complete }, uncovered);
      return summary;
    } finally {
      await store.release(lease);
    }
  } finally {
    client.destroy();
  }
};

/** Where the report of a dry run is. */
interface KeptReport {
  report?: { bucket: string; key: string };
}

interface Run {
  id: string;
  settings: Settings;
  scope: Scope;
  signal: AbortSignal;
}

/** What the auditor needs: how many things are there, and which are missing. */
export interface Diagnostics {
  present: number;
  missing: Examination[];
}

type Audited = Awaited<ReturnType<typeof audit>>;

/** Messages lead to the report, where it is kept. */
function linked(audited: Audited, settings: Settings, context: Context): Audited {
  if (settings.reportBucket === undefined) return audited;
  const key = reportKey(storeScope(settings, context), audited.report.run.id, 'html');
  return { ...audited, announcements: linkReport(audited.announcements, key) };
}

async function save({ report, changes, announcements, setups, summary }: Audited, store: Store, lease: Lease) {
  await store.save(changes, lease);
  await store.saveNews(announcements, lease);
  await store.saveSetups(setups, report.run.finishedAt);
  await store.saveRun(summary, recordRun(report));
}

/** False where the report could not be kept. */
async function keep(report: Report, bucket: string | undefined, scope: string): Promise<boolean> {
  return bucket === undefined || keepReport({ bucket, scope }, report);
}

async function keepApart(report: Report, bucket: string | undefined, scope: string): Promise<KeptReport> {
  if (bucket === undefined || !(await keepReport({ bucket, scope }, report))) return {};
  return { report: { bucket, key: reportKey(scope, report.run.id, 'json') } };
}

async function examineSelf({ settings, scope, signal }: Run): Promise<Diagnostics> {
  const clients = connect({ callsPerSecond: settings.elbCallsPerSecond, signal });
  try {
    const inventory = await survey(clients, scope);
    const facts = await collect(inventory, clients, vantageOf(settings));
    const { reportBucket } = settings;
    const examinations = await examineAccess({
      inventory,
      facts,
      clients,
      ...(reportBucket !== undefined && { reportBucket }),
    });
    const missing = examinations.filter(({ ok }) => !ok);
    for (const each of missing) log('warn', 'missing', { ...each });
    return { present: examinations.length - missing.length, missing };
  } finally {
    clients.close();
  }
}

async function audit({ id, settings, scope, signal }: Run, store: Store) {
  const startedAt = new Date().toISOString();
  const clients = connect({ callsPerSecond: settings.elbCallsPerSecond, signal });
  try {
    const inventory = await survey(clients, scope);
    const collected = await collect(inventory, clients, vantageOf(settings));
    const facts = settings.probe ? await probeTargets(collected, signal) : withoutProbes(collected);
    const finishedAt = new Date().toISOString();
    const cost = costOf({ durationMs: Date.parse(finishedAt) - Date.parse(startedAt), memoryMb: memoryMb() });
    const checks = gradedChecks(catalogue, settings.checks);
    const memory = await store.remember();
    const setups = setupsOf(facts);
    const concluded = conclude({ id, startedAt, finishedAt, ...clients.usage(), cost }, inventory, facts, checks);
    const { teamLabel } = settings;
    const report = sinceHealthy(
      teamLabel === undefined ? concluded : withTeams(concluded, facts, teamLabel),
      memory.setups,
      setups,
    );
    const rules = { lifeCycle: settings.lifeCycle, noise: settings.noise, mutes: settings.mutes };
    const { changes, announcements } = advance(memory, report, rules, scope);
    const summary = summarize(report, changes);
    for (const gap of report.coverage.gaps) log('warn', 'not read', { runId: id, gap });
    log('info', 'audited', { ...summary });
    return {
      report,
      changes,
      announcements,
      setups: newlyHealthy(report, memory.setups, setups),
      summary,
      uncovered: inventory.gaps.filter(isUncovered).length,
    };
  } finally {
    clients.close();
  }
}

function scopeOf(settings: Settings, event: AuditEvent): Scope {
  const clusters = event.clusters ?? settings.clusters;
  return {
    ...(settings.vpcId !== undefined && { vpcIds: [settings.vpcId] }),
    ...(clusters !== undefined && { clusters }),
    ...(event.clusters === undefined && settings.coveredVpcIds && { coveredVpcIds: settings.coveredVpcIds }),
  };
}

/** What Lambda says of the memory of this function. */
const memoryMb = (): number => Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? 1024);

const sourceOf = ({ name, vpcId }: Settings) => ({ Deployment: name, Vpc: vpcId ?? 'all' });

function vantageOf({ vpcId, subnetIds, securityGroupIds }: Settings): { vantage?: Vantage } {
  if (vpcId === undefined || subnetIds.length === 0) return {};
  return { vantage: { kind: 'vpc', vpcId, subnetIds, securityGroupIds } };
}

/** Account and Region are in the ARN of the function: `arn:aws:lambda:<region>:<account>:function:<name>`. */
function storeScope({ vpcId }: Settings, { invokedFunctionArn }: Context): string {
  const [, , , region, account] = invokedFunctionArn.split(':');
  return `${account}/${region}/${vpcId ?? 'all'}`;
}
