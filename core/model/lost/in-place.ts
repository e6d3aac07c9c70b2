import type { TargetGroup } from '../aws.ts';
import type { Facts } from '../facts.ts';
import type { Owner } from '../owner.ts';
import type { LostBackend } from './lost-backend.ts';

/** A load balancer that the Service has lost: it concerns each target group that is left of it. */
export const lostBalancerOf = ({ namespace, service }: Owner, { slices }: Facts): LostBackend | undefined =>
  slices.lostBackends.find(
    (lost) =>
      lost.lacks === 'load-balancer' &&
      lost.targetGroupArn === undefined &&
      lost.namespace === namespace &&
      lost.service === service,
  );

/** True for what stands for a target group that Elastic Load Balancing does not have. */
export const isInPlace = ({
  targetGroup,
  lost,
}: {
  targetGroup: TargetGroup;
  lost?: LostBackend | undefined;
}): boolean => lost !== undefined && (targetGroup.arn === lost.targetGroupArn || isUnnamed(targetGroup.arn));

/** The ARN by which a binding names it; where nothing does, a word that is no ARN. */
const idOf = ({ targetGroupArn, namespace, service }: LostBackend, { cluster }: Facts): string =>
  targetGroupArn ?? `${unnamed}${cluster?.name}/${namespace}/${service}`;

const unnamed = 'none:';

/** True for what stands for a target group that nothing names: only a survey that knows the owner of all there are shows that it is missing. */
export const isUnnamed = (targetGroupArn: string): boolean => targetGroupArn.startsWith(unnamed);

/** What stands for a target group that is not there: of its settings nothing is known. */
export function groupInPlaceOf(lost: LostBackend, facts: Facts): TargetGroup {
  const arn = idOf(lost, facts);
  const { loadBalancers } = facts.slices;
  return {
    arn,
    name: lost.targetGroupArn?.split('/').at(-2) ?? 'none',
    protocol: 'TCP',
    port: Number(lost.servicePort) || 0,
    vpcId: facts.vpcId,
    targetType: 'ip',
    ipAddressType: 'ipv4',
    loadBalancerArns: loadBalancers.flatMap((each) => (each.arn === lost.loadBalancerArn ? each.arn : [])),
    healthCheck: {
      protocol: 'TCP',
      port: 'traffic-port',
      intervalSeconds: 0,
      timeoutSeconds: 0,
      healthyThreshold: 0,
      unhealthyThreshold: 0,
    },
    attributes: {},
    tags: {},
  };
}

/** The Service that lacks it. */
export const ownerInPlaceOf = (lost: LostBackend, facts: Facts): Owner => ({
  targetGroupArn: idOf(lost, facts),
  cluster: facts.cluster?.name ?? '',
  namespace: lost.namespace,
  service: lost.service,
  ...(lost.servicePort !== undefined && { servicePort: lost.servicePort }),
  controller: lost.controller,
  by: lost.targetGroupArn === undefined ? 'host-name' : 'target-group-binding',
});
