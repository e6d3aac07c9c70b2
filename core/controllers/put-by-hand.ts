import { nodePortsOf, serviceOf } from '../kubernetes/service.ts';
import type { Slices } from '../model/slices.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { bindingsOf } from './reconcile-errors.ts';
import { readTags } from './tags.ts';

/**
 * True for a target group that a person made and put at the load balancer of a Service: no TargetGroupBinding fills it, and it has no tags of
 * a controller. Controllers tag each group that they make (LBC:pkg/deploy/tracking, CPA:pkg/providers/v1/aws_loadbalancer.go); old
 * releases of cloud-provider-aws tag their load balancer alone, but have a group for each NodePort, at its number.
 */
export function isPutByHand(
  group: TargetGroupContext,
  { services, targetGroupBindings }: Pick<Slices, 'services' | 'targetGroupBindings'>,
): boolean {
  const { owner, targetGroup, lost } = group;
  if (owner === undefined || owner.controller === 'none' || owner.servicePort !== undefined || lost !== undefined)
    return false;
  if (readTags(targetGroup.tags) !== undefined || bindingsOf(group, targetGroupBindings).length > 0) return false;
  if (owner.controller !== 'cloud-provider-aws') return true;
  const service = serviceOf(group, services);
  return service !== undefined && !nodePortsOf(service).includes(targetGroup.port);
}
