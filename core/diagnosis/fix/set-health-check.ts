import { ignoredSettingsOf } from '../../controllers/defaults.ts';
import { annotationOf, isDecidedBy } from '../../controllers/expected-health-check.ts';
import { targetGroupOption } from '../../controllers/target-group-option.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { HealthCheck } from '../../model/aws.ts';
import type { Facts } from '../../model/facts.ts';
import type { Settings, Step } from '../../model/fix.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { cloudSourceOf } from './owner/cloud-source.ts';

const entriesOf = (settings: Settings) => Object.entries(settings) as [keyof HealthCheck, string][];

/** The annotations that ask the controller for these settings. */
export const byAnnotation = (settings: Settings): Record<string, string> =>
  Object.fromEntries(entriesOf(settings).map(([name, value]) => [annotationOf(name), value]));

/**
 * The step with a change that works for this target group, and with what it brings there: where no annotation decides,
 * the settings go to AWS.
 */
export function fitted(step: Step, group: TargetGroupContext, facts: Facts): Step {
  const { change } = step;
  if (change === undefined || !('healthCheck' in change)) return step;
  const settings = entriesOf(change.healthCheck);
  if (settings.every(([name]) => isHeard(name, group, facts)))
    return group.owner?.controller === 'cloud-provider-aws' ? withNewGroup(step) : step;
  const options = settings.map(([name, each]) => {
    const { option, value } = targetGroupOption(name, each);
    return [option.slice('--'.length), value.includes('"') ? `'${value}'` : value] as const;
  });
  return {
    ...step,
    change: {
      aws: 'elbv2 modify-target-group',
      options: { 'target-group-arn': '{targetGroup}', ...Object.fromEntries(options) },
    },
    danger: isOwnersFormShown(group)
      ? 'Annotations of the Service do not set this here.'
      : 'Annotations of the Service do not set this here. What made the target group may set it back: change it there too.',
  };
}

/** True where the same change for who owns the target group stands beside the command, and says what undoes that. */
const isOwnersFormShown = ({ owner, targetGroup }: TargetGroupContext): boolean =>
  owner?.controller === 'aws-load-balancer-controller-gateway' || cloudSourceOf(targetGroup.tags) !== undefined;

/**
 * The step with a warning where it changes what cloud-provider-aws makes a new target group for (CPA:aws_loadbalancer.go
 * ensureTargetGroup). The AWS Load Balancer Controller changes both in place since 2.4.6.
 */
export function withNewGroup(step: Step): Step {
  const { protocol, intervalSeconds } = step.change && 'healthCheck' in step.change ? step.change.healthCheck : {};
  if (protocol === undefined && intervalSeconds === undefined) return step;
  return { ...step, danger: [step.danger, newGroup].filter((each) => each !== undefined).join(' ') };
}

const newGroup =
  'cloud-provider-aws makes a new target group for another protocol or interval of the health check: all targets register again, which takes minutes, and meanwhile the load balancer sends traffic to all of them.';

/** True where the controller carries out an annotation for this setting. */
function isHeard(name: keyof HealthCheck, group: TargetGroupContext, facts: Facts): boolean {
  const { services, workloads } = facts.slices;
  if (!isDecidedBy(serviceOf(group, services), group)) return false;
  // cloud-provider-aws sends a new unhealthy threshold only together with a new healthy one.
  const isLeftOut = name === 'unhealthyThreshold' && group.owner?.controller === 'cloud-provider-aws';
  return !isLeftOut && !ignoredSettingsOf(group, workloads).has(name);
}
