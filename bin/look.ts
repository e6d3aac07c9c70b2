import type { Run } from '../core/conclude.ts';
import type { Facts } from '../core/facts.ts';
import type { Inventory } from '../core/inventory.ts';
import { collect } from '../io/collect/collect.ts';
import { probeTargets, withoutProbes } from '../io/probe/probe-targets.ts';
import { survey } from '../io/survey/survey.ts';
import { UserError } from '../io/user-error.ts';
import { open, type SessionOptions } from './session.ts';

export interface LookOptions extends SessionOptions {
  cluster?: string[];
  /** `failing-only` leaves healthy targets alone. */
  probe?: boolean | 'failing-only';
}

/** What one run saw; enough to conclude. */
export interface Sight {
  run: Run;
  inventory: Inventory;
  facts: Facts[];
}

/** The part of the line that reads the world, once: survey, collect, probe. */
export async function look(options: LookOptions): Promise<Sight> {
  await using session = open(options);
  const { clients, signal, tally, progress, finish } = session;

  progress.step('surveying clusters, load balancers and target groups');
  const inventory = await survey(clients, { ...(options.cluster && { clusters: options.cluster }) });
  refuseUnknown(options.cluster ?? [], inventory);
  progress.step(`reading ${inventory.clusters.length} clusters, ${inventory.targetGroups.length} target groups`);
  const collected = await collect(inventory, clients, {});
  progress.step('probing the targets that fail');
  const failingOnly = options.probe === 'failing-only';
  const facts =
    options.probe === false
      ? withoutProbes(collected)
      : await probeTargets(collected, signal, { failingOnly, ...(tally && { tally }) });
  return { run: finish(), inventory, facts };
}

/** A cluster that was asked for and that EKS does not know is a slip of the pen, not a gap. */
function refuseUnknown(asked: string[], { gaps, region }: Inventory): void {
  const missing = asked.find((name) =>
    gaps.some(
      ({ slice, scope, message }) =>
        slice === 'clusters' &&
        scope.kind === 'cluster' &&
        scope.name === name &&
        message.startsWith('No cluster found'),
    ),
  );
  if (missing === undefined) return;
  throw new UserError(
    `there is no cluster "${missing}" in ${region}; \`aws eks list-clusters\` names those that there are.`,
  );
}
