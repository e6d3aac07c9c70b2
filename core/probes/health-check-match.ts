import type { HealthCheck, Target } from '../model/aws.ts';
import type { ProbeResult } from '../model/probe-result.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { matches } from './health-check.ts';
import { probesOf } from './results.ts';

/** Good and bad answers among fewer repeats than this may be chance. */
const enough = 10;

/** True when both ask the same question, so that they differ only in what they call a good answer. */
export const asksTheSame = (one: HealthCheck, other: HealthCheck): boolean =>
  one.protocol === other.protocol &&
  one.port === other.port &&
  (one.protocol === 'TCP' || (one.path ?? '/') === (other.path ?? '/'));

/** True when the answer counts as success under these settings. */
export function isSuccess(
  { outcome, timings }: ProbeResult,
  { protocol, successCodes, timeoutSeconds }: HealthCheck,
): boolean {
  if (timings.totalMs >= timeoutSeconds * 1000) return false;
  return protocol === 'TCP'
    ? outcome.kind === 'open'
    : outcome.kind === 'http' && matches(successCodes, outcome.status);
}

/**
 * True when the target fails the live health check and passes the other one: what was asked for would fix it. Where
 * the live one fails only now and then, thresholds that outlast more are taken to fix it.
 */
export function wouldPassWith(
  other: HealthCheck,
  target: Target,
  group: TargetGroupContext,
  probes: ProbeResult[],
): boolean {
  const live = group.targetGroup.healthCheck;
  const results = probesOf(probes, target, 'health-check');
  const good = results.filter((probe) => isSuccess(probe, live)).length;
  if (results.length === 0 || good === results.length) return false;
  if (good > 0) {
    const outlasts = (settings: HealthCheck): number => settings.unhealthyThreshold * settings.intervalSeconds;
    return results.length >= enough && good > results.length / 2 && outlasts(other) > outlasts(live);
  }
  const otherResults = asksTheSame(live, other) ? results : probesOf(probes, target, 'expected-check');
  return otherResults.some((probe) => isSuccess(probe, other));
}
