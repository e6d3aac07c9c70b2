import { afterChanges, compare, isWithin } from '../lifecycle/reconcile-findings.ts';
import { sightedIn } from '../lifecycle/sightings.ts';
import type { LifeCycleRules } from '../lifecycle/thresholds.ts';
import type { Change } from '../model/finding.ts';
import type { Scope } from '../model/inventory.ts';
import type { Report } from '../model/report.ts';
import type { Incident } from './incident.ts';
import type { Memory } from './memory.ts';
import type { Mute } from './mute.ts';
import { announce } from './plan.ts';
import type { NoiseRules } from './policy.ts';
import type { Announcements } from './situation.ts';

/** What decides, beside memory and report, who is told what. */
export interface Rules {
  lifeCycle: LifeCycleRules;
  noise: NoiseRules;
  /** Those of the configuration. */
  mutes: Mute[];
}

/** What one run makes of memory. */
export interface ReconciledState {
  changes: Change[];
  announcements: Announcements;
  /** As it is once both are written. */
  memory: Memory;
}

/** Compares memory with the report of a run of this scope, and says what people are owed. */
export function reconcileState(memory: Memory, report: Report, rules: Rules, scope: Scope = {}): ReconciledState {
  const at = report.run.finishedAt;
  const observed = memory.findings.filter((finding) => isWithin(scope, finding));
  const changes = compare(observed, report, at, rules.lifeCycle);
  const findings = sightedIn(afterChanges(memory.findings, changes), report, at);
  const mutes = [...rules.mutes, ...memory.mutes];
  const announcements = announce({ ...memory, findings, mutes, report, rules: rules.noise, at });
  return {
    changes,
    announcements,
    memory: {
      ...memory,
      findings,
      incidents: afterAnnouncements(memory.incidents, announcements),
      board: announcements.board?.board ?? memory.board,
    },
  };
}

function afterAnnouncements(incidents: Incident[], { incidents: updates }: Announcements): Incident[] {
  const byKey = new Map(incidents.map((incident) => [incident.key, incident]));
  for (const { incident } of updates) byKey.set(incident.key, incident);
  return [...byKey.values()];
}
