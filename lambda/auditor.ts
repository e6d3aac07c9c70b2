import type { Context } from 'aws-lambda';
import type { RunSummary } from '../core/lifecycle/run-summary.ts';
import type { Change } from '../core/model/finding.ts';
import { reportKey } from '../io/reports/report-key.ts';
import { runAudit } from '../io/run/audit-run.ts';
import { leavingAlone } from '../io/store/fence.ts';
import { openStore, type Store } from '../io/store/store.ts';
import { tableClient } from '../io/store/table-client.ts';
import { auditGroups } from './audit-groups.ts';
import { type Audited, closeRun, keep, recounted } from './close-run.ts';
import { type Diagnostics, examineSelf } from './examine-self.ts';
import { type AuditEvent, type Invocation, invocationOf } from './invocation.ts';
import { runStage, type StageAnswer, type StageEvent } from './stages.ts';

/** A run in numbers; of a dry run also where its report is kept. */
type Answer = RunSummary & { report?: { bucket: string; key: string } };

/** Audits once, or does one stage of a run that many functions share. Answers with the run in numbers; the findings are in the table. */
export const handler = async (
  event: AuditEvent | StageEvent,
  context: Context,
): Promise<Answer | Diagnostics | StageAnswer | { skipped: string }> => {
  const invocation = invocationOf(event, context);
  if ('stage' in event) return runStage(event, invocation);
  if (event.doctor) return examineSelf(invocation);

  const { settings, owner, endsAt } = invocation;
  const { table, findingsRetentionDays: retentionDays } = settings;
  const client = tableClient();
  try {
    const store = openStore({ client, table, scope: owner, retentionDays });
    if (event.dryRun) return await rehearse(invocation, store);
    if (event.targetGroups)
      return await auditGroups(event.targetGroups, { invocation, store, owner: context.awsRequestId });

    const lease = await store.acquire(context.awsRequestId, endsAt);
    if (lease === null) return { skipped: 'another run holds the lease' };
    try {
      const audited = await audit(invocation, store, (changes) => leavingAlone(store.save(changes, lease)));
      return await closeRun(audited, { store, lease, invocation, isWhole: event.clusters === undefined });
    } finally {
      await store.release(lease);
    }
  } finally {
    client.destroy();
  }
};

/** The whole line, up to what is still to be saved at its end. */
async function audit(
  invocation: Invocation,
  store: Store,
  saveChanges: (changes: Change[]) => Promise<void>,
): Promise<Audited> {
  const [memory, survey] = await Promise.all([store.remember(), store.rememberSurvey()]);
  const remembered = { memory, survey };
  const run = await runAudit({ ...invocation, remembered, save: saveChanges });
  return recounted(run, { id: invocation.id, remembered });
}

async function rehearse(invocation: Invocation, store: Store): Promise<Answer> {
  const { id, settings, owner } = invocation;
  const audited = await audit(invocation, store, async () => undefined);
  const { reportBucket: bucket } = settings;
  if (bucket === undefined || !(await keep(audited, invocation))) return audited.summary;
  return { ...audited.summary, report: { bucket, key: reportKey(owner, id, 'json') } };
}
