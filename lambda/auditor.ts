import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { compare, isWithin } from '../core/compare.ts';
import { conclude } from '../core/conclude.ts';
import type { Scope } from '../core/inventory.ts';
import type { Vantage } from '../core/probe.ts';
import { type RunSummary, summarize } from '../core/run-summary.ts';
import { connect } from '../io/clients.ts';
import { collect } from '../io/collect/collect.ts';
import { log } from '../io/log.ts';
import { probeTargets, withoutProbes } from '../io/probe/probe-targets.ts';
import { readSettings, type Settings } from '../io/settings.ts';
import { openStore, type Store } from '../io/store/store.ts';
import { survey } from '../io/survey/survey.ts';

export interface AuditEvent {
  /** Scheduled time, RFC 3339: the identity of the run. */
  time?: string;
  /** Names; only these clusters are audited. */
  clusters?: string[];
  /** Writes nothing and tells nobody. */
  dryRun?: boolean;
}

/** Milliseconds kept back to conclude and save when time runs out. */
const reserveMs = 10_000;

/** Audits once. Answers with the run in numbers; the findings are in the table. */
export const handler = async (event: AuditEvent, context: Context): Promise<RunSummary | { skipped: string }> => {
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
    if (event.dryRun) return (await audit(run, store)).summary;

    const lease = await store.acquire(context.awsRequestId, Date.now() + remainingMs);
    if (lease === null) return { skipped: 'another run holds the lease' };
    try {
      const { changes, summary } = await audit(run, store);
      await store.save(changes);
      await store.saveRun(summary);
      return summary;
    } finally {
      await store.release(lease);
    }
  } finally {
    client.destroy();
  }
};

interface Run {
  id: string;
  settings: Settings;
  scope: Scope;
  signal: AbortSignal;
}

async function audit({ id, settings, scope, signal }: Run, store: Store) {
  const startedAt = new Date().toISOString();
  const clients = connect({ callsPerSecond: settings.elbCallsPerSecond, signal });
  try {
    const inventory = await survey(clients, scope);
    const collected = await collect(inventory, clients, vantageOf(settings));
    const facts = settings.probe ? await probeTargets(collected, signal) : withoutProbes(collected);
    const finishedAt = new Date().toISOString();
    const report = conclude({ id, startedAt, finishedAt, ...clients.usage() }, inventory, facts);
    const remembered = await store.remember();
    const changes = compare(
      remembered.filter((finding) => isWithin(scope, finding)),
      report,
      finishedAt,
    );
    const summary = summarize(report, changes);
    for (const gap of report.coverage.gaps) log('warn', 'not read', { runId: id, gap });
    log('info', 'audited', { ...summary });
    return { changes, summary };
  } finally {
    clients.close();
  }
}

function scopeOf(settings: Settings, event: AuditEvent): Scope {
  const clusters = event.clusters ?? settings.clusters;
  return {
    ...(settings.vpcId !== undefined && { vpcIds: [settings.vpcId] }),
    ...(clusters !== undefined && { clusters }),
  };
}

function vantageOf({ vpcId, subnetIds, securityGroupIds }: Settings): { vantage?: Vantage } {
  if (vpcId === undefined || subnetIds.length === 0) return {};
  return { vantage: { kind: 'vpc', vpcId, subnetIds, securityGroupIds } };
}

/** Account and Region are in the ARN of the function: `arn:aws:lambda:<region>:<account>:function:<name>`. */
function storeScope({ vpcId }: Settings, { invokedFunctionArn }: Context): string {
  const [, , , region, account] = invokedFunctionArn.split(':');
  return `${account}/${region}/${vpcId ?? 'all'}`;
}
