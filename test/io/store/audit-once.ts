import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import type { Report } from '../../../core/model/report.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { type ReconciledState, type Rules, reconcileState } from '../../../core/notification/reconcile-state.ts';
import type { Lease } from '../../../io/store/lease.ts';
import type { Store } from '../../../io/store/store.ts';

export const defaultRules: Rules = { lifeCycle: defaultLifeCycle, noise: defaultNoise, mutes: [] };

/** What a run with this report would write now. */
export const advanceOf = async (store: Store, report: Report, rules = defaultRules): Promise<ReconciledState> =>
  reconcileState(await store.remember(), report, rules);

/** Takes the lease or throws. */
export async function leaseOf(store: Store, owner: string): Promise<Lease> {
  const lease = await store.acquire(owner, Date.now() + 60_000);
  if (lease === null) throw new Error('somebody else holds the lease');
  return lease;
}

/** The end of a run, as the auditor does it: compares with memory and saves. */
export async function auditOnce(store: Store, report: Report, rules = defaultRules): Promise<ReconciledState> {
  const lease = await leaseOf(store, report.run.id);
  const advanced = await advanceOf(store, report, rules);
  await store.save(advanced.changes, lease);
  await store.saveAnnouncements(advanced.announcements, lease);
  await store.saveSightings(advanced.memory.findings, lease);
  await store.release(lease);
  return advanced;
}
