import type { RunSummary } from '../core/lifecycle/run-summary.ts';
import { clustersOf } from '../core/survey/clusters-of-groups.ts';
import { runAudit } from '../io/run/audit-run.ts';
import { leavingAlone, OvertakenError } from '../io/store/fence.ts';
import type { Lease } from '../io/store/lease.ts';
import type { Store } from '../io/store/store.ts';
import { closeRun, recounted } from './close-run.ts';
import type { Invocation } from './invocation.ts';

interface Beside {
  invocation: Invocation;
  store: Store;
  /** Of the invocation. */
  owner: string;
}

/**
 * Audits single target groups, at once: beside the run that may be going on, without its lease, so that neither waits for the
 * other. What both write is decided by the revisions that they read. What a later run has written is newer than all that this one saw.
 */
export async function auditGroups(
  targetGroups: string[],
  { invocation, store, owner }: Beside,
): Promise<RunSummary | { skipped: string }> {
  const lease = await store.beside(owner, invocation.endsAt);
  if (lease === null) return { skipped: 'no run has been yet: the first one reads everything' };
  try {
    return await runBeside(targetGroups, { invocation, store, lease });
  } catch (error) {
    if (!(error instanceof OvertakenError)) throw error;
    return { skipped: 'a run that began later has read the same' };
  }
}

async function runBeside(
  targetGroups: string[],
  { invocation, store, lease }: Omit<Beside, 'owner'> & { lease: Lease },
): Promise<RunSummary> {
  const [memory, survey] = await Promise.all([store.remember(), store.rememberSurvey()]);
  const clusters = invocation.scope.clusters ?? clustersOf(targetGroups, memory, survey);
  const scope = { ...invocation.scope, targetGroups, ...(clusters !== undefined && { clusters }) };
  const narrowed = { ...invocation, scope };
  const remembered = { memory, survey };
  const run = await runAudit({ ...narrowed, remembered, save: (changes) => leavingAlone(store.save(changes, lease)) });
  const audited = recounted(run, { id: invocation.id, remembered });
  return await closeRun(audited, { store, lease, invocation: narrowed, isWhole: false, seesAll: false });
}
