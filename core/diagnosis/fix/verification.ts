import type { Step } from '../../model/fix.ts';

/** Fails until the targets are healthy and clients get through to them, whatever the fix has replaced in the meantime. */
const gate = 'nlb-auditor gate --region {region} --cluster {cluster} --namespace {namespace} --service {service}';

/** The same as far as AWS can tell, for a target group of which no Service is known. */
export const waitForTargets = 'aws elbv2 wait target-in-service --region {region} --target-group-arn {targetGroup}';

interface Verifiable {
  id: string;
  kind: string;
  riskWhenHealthy?: boolean;
}

/** What is also found on healthy targets has to be gone as well. */
const lineOf = ({ id, kind, riskWhenHealthy = false }: Verifiable): string =>
  kind !== 'fault' || riskWhenHealthy ? `${gate} --without ${id}` : gate;

/**
 * The steps, those after which it may work with a command that fails before and succeeds then. A step that only reads has none; where all
 * do, the last one has it, for what the reader did about what was read.
 */
export function verified(steps: readonly Step[], check: Verifiable): Step[] {
  const verify = lineOf(check);
  const onlyReads = steps.every(isReading);
  return steps.map((step, index) =>
    isReading(step) && !(onlyReads && index === steps.length - 1) ? step : { verify, ...step },
  );
}

/** The steps that are left of a check's; where all of them only read, the last one has the line. */
export const stillVerified = (steps: readonly Step[], check: Verifiable): Step[] =>
  steps.every(({ verify }) => verify === undefined)
    ? steps.map((step, index) => (index === steps.length - 1 ? { ...step, verify: lineOf(check) } : step))
    : [...steps];

/** The steps that are left, without the line where the next one has to be run as well. */
export const joined = (steps: readonly Step[]): Step[] =>
  steps.map((step, index) => {
    if (!step.withNext || steps[index + 1]?.change === undefined) return step;
    const { verify: _, ...rest } = step;
    return rest;
  });

const isReading = ({ look, change }: Step): boolean =>
  look !== undefined || (change !== undefined && 'debugNode' in change);
