import type { Facts } from '../model/facts.ts';
import type { PlannedProbe } from '../model/probe-result.ts';
import { groupsOf } from '../model/target-group-context.ts';
import { answersWell, probesOf } from './results.ts';

/** How often, and for how many targets of a group, the same question is put again; once where it takes a whole time-out. */
const repeats = 2;
const repeatedTargets = 5;

/**
 * The health checks worth repeating once their first answers are known: of failing targets that answered well, in time or
 * late, or that took the connection and said nothing. Whether they always do so tells load from a setting.
 */
export function planRepeats(facts: Facts): PlannedProbe[] {
  return groupsOf(facts).flatMap((group) =>
    group.failing
      .flatMap((target) => {
        const [first, ...others] = probesOf(facts.slices.probes, target, 'health-check');
        if (first === undefined || others.length > 0) return [];
        const hangs = first.outcome.kind === 'timeout' && first.outcome.phase !== 'connect';
        if (!hangs && !answersWell(first, group.targetGroup)) return [];
        const { targetGroupArn, targetId, targetPort, request } = first;
        const purpose = 'health-check-again' as const;
        return [{ purpose, targetGroupArn, targetId, targetPort, request, attempts: hangs ? 1 : repeats }];
      })
      .slice(0, repeatedTargets),
  );
}
