import { conclude } from '../core/conclude.ts';
import { collect } from '../io/collect/collect.ts';
import { writeFacts } from '../io/facts-file.ts';
import { probeTargets, withoutProbes } from '../io/probe/probe-targets.ts';
import { survey } from '../io/survey/survey.ts';
import { exitCodeOf } from './exit.ts';
import { type PrintOptions, print } from './print.ts';
import { open } from './session.ts';

export interface AuditOptions extends PrintOptions {
  cluster?: string[];
  region?: string;
  profile?: string;
  probe: boolean;
  saveFacts?: string;
}

/** The straight line, once: survey, collect, probe, conclude, print. */
export async function audit(options: AuditOptions): Promise<void> {
  await using session = open(options);
  const { clients, signal, progress, finish } = session;

  progress('surveying clusters, load balancers and target groups');
  const inventory = await survey(clients, { ...(options.cluster && { clusters: options.cluster }) });
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
