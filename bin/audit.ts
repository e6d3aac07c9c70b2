import { conclude } from '../core/conclude.ts';
import type { Inventory } from '../core/inventory.ts';
import { collect } from '../io/collect/collect.ts';
import { writeFacts } from '../io/facts-file.ts';
import { probeTargets, withoutProbes } from '../io/probe/probe-targets.ts';
import { survey } from '../io/survey/survey.ts';
import { UserError } from '../io/user-error.ts';
import { exitCodeOf } from './exit.ts';
import { type PrintOptions, print } from './print.ts';
import { open, type SessionOptions } from './session.ts';

export interface AuditOptions extends PrintOptions, SessionOptions {
  cluster?: string[];
  probe: boolean;
  saveFacts?: string;
}

/** The straight line, once: survey, collect, probe, conclude, print. */
export async function audit(options: AuditOptions): Promise<void> {
  await using session = open(options);
  const { clients, signal, progress, finish } = session;

  progress('surveying clusters, load balancers and target groups');
  const inventory = await survey(clients, { ...(options.cluster && { clusters: options.cluster }) });
  refuseUnknown(options.cluster ?? [], inventory);
  progress(`collecting from ${inventory.clusters.length} clusters, ${inventory.targetGroups.length} target groups`);
  const collected = await collect(inventory, clients, {});
  progress('probing the targets that fail');
  const facts = options.probe ? await probeTargets(collected, signal) : withoutProbes(collected);

  const run = finish();
  if (options.saveFacts !== undefined) writeFacts(options.saveFacts, { schemaVersion: 1, run, inventory, facts });
  const report = conclude(run, inventory, facts);
  print(report, options);
  process.exitCode = exitCodeOf(report);
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
