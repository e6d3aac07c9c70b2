import type { Facts } from '../model/facts.ts';
import { groupsOf } from '../model/target-group-context.ts';
import { probePath } from '../network/connection-path.ts';
import { endOf } from '../network/health-check-path.ts';

/** Targets behind the same security groups that the auditor's own probes do not reach on one port. */
export interface BarredProbes {
  /** Of the targets; empty where their network interface is not known. */
  securityGroupIds: string[];
  port: number;
  /** How many targets. */
  targets: number;
  /** The rule that is missing, or that denies. */
  by: string;
}

/** Which targets would drop a probe, by the rules that were read; none where probes start outside of the VPC. */
export function barredProbes(facts: Facts): BarredProbes[] {
  const barred = groupsOf(facts).flatMap((group) =>
    group.targets.flatMap((target) => {
      const end = endOf(target, group, facts.slices);
      if (end === undefined) return [];
      const { decision, by } = probePath(end, target.healthCheckPort, facts.vantage, facts.slices);
      return decision === 'deny' ? [{ ...end, port: target.healthCheckPort, by }] : [];
    }),
  );
  const alike = Map.groupBy(barred, ({ securityGroupIds, port }) => `${securityGroupIds.toSorted()} ${port}`);
  return [...alike.values()].flatMap((all) => {
    const [first] = all;
    return first
      ? [{ securityGroupIds: first.securityGroupIds, port: first.port, targets: all.length, by: first.by }]
      : [];
  });
}
