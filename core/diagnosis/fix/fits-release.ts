import { controllerVersion, isOlder, neededFor } from '../../controllers/controller-version.ts';
import type { Facts } from '../../model/facts.ts';
import type { Step } from '../../model/fix.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

/** The step, which says what has to come first where it sets an annotation of the Service that the controller here is too old to know. */
export function fitsRelease(step: Step, { owner }: TargetGroupContext, { slices }: Facts): Step {
  const { change } = step;
  if (change === undefined || !('annotate' in change) || 'healthCheck' in change || change.on !== undefined)
    return step;
  if (owner?.controller !== 'aws-load-balancer-controller') return step;
  const release = controllerVersion(slices.workloads);
  const [needed] = Object.entries(change.annotate)
    .flatMap(([name, value]) => {
      const first = value === null ? undefined : neededFor(name, release);
      return first === undefined ? [] : [first];
    })
    .toSorted((a, b) => (isOlder(a, b) ? 1 : -1));
  if (needed === undefined || release === undefined) return step;
  return {
    ...step,
    text: `${step.text} Upgrade the AWS Load Balancer Controller first: ${release.join('.')}, which runs here, does not know this annotation, ${needed.join('.')} and later do.`,
  };
}
