import type { Step } from '../../../model/fix.ts';
import { isUnmanaged } from '../../../model/owner.ts';
import { awsFormOf } from '../aws/aws-form.ts';
import type { Scene } from '../former.ts';
import { cloudSourceOf } from './cloud-source.ts';

/**
 * The step with a warning about what writes the AWS resource that it changes, where that has no form to show: AWS Controllers for Kubernetes,
 * or for targets that no controller registers whatever does.
 */
export function withMaker(step: Step, scene: Scene): Step {
  const { change } = step;
  if (change === undefined || !('aws' in change)) return step;
  const form = awsFormOf(change, scene);
  const isOfTargets = /^elbv2 (?:de)?register-targets$/.test(change.aws);
  const source = cloudSourceOf(form?.tags ?? (isOfTargets ? scene.group.targetGroup.tags : {}));
  if (source?.tool === 'ack')
    return warned(
      step,
      `${source.name} writes this resource: change it in ${source.where} too, or ${source.undoneBy} takes it back.`,
    );
  if (!isOfTargets || !isUnmanaged(scene.group.owner) || (source !== undefined && form !== undefined)) return step;
  return warned(step, `${source?.name ?? 'What registered the targets'} may take it back: change it there too.`);
}

const warned = (step: Step, sentence: string): Step => ({
  ...step,
  danger: [step.danger, sentence].filter((each) => each !== undefined).join(' '),
});
