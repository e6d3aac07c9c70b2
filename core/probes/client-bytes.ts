import { isLocal } from '../kubernetes/service.ts';
import type { Gap } from '../model/gap.ts';
import type { Service } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';

/**
 * Whether every connection to a target begins with a Proxy Protocol header; `unread` where the attributes were not read, as those
 * of healthy target groups may be.
 */
export function headerOf({ targetGroup }: Pick<TargetGroupContext, 'targetGroup'>): 'on' | 'off' | 'unread' {
  const value = targetGroup.attributes['proxy_protocol_v2.enabled'];
  return value === undefined ? 'unread' : value === 'true' ? 'on' : 'off';
}

/** An HTTP check of the traffic port begins with the very bytes that clients' connections begin with. */
export const isProvenByHealthCheck = (group: TargetGroupContext, service: Service | undefined): boolean =>
  group.targetGroup.healthCheck.protocol !== 'TCP' &&
  group.targets.every(({ port, healthCheckPort }) => port === healthCheckPort) &&
  !(service !== undefined && isLocal(group, service) && service.spec.healthCheckNodePort !== undefined);

/** True where healthy targets are checked at another port than the one that clients get to. */
export const isCheckedElsewhere = ({ targets }: Pick<TargetGroupContext, 'targets'>): boolean =>
  targets.some(({ state, port, healthCheckPort }) => state === 'healthy' && port !== healthCheckPort);

/** What is to be known of a target group whose healthy targets were not asked, or whose answer decides nothing. */
export const undecidedByClients = ({ targetGroup }: TargetGroupContext, message: string): Gap => ({
  slice: 'probes',
  scope: { kind: 'target-group', arn: targetGroup.arn },
  reason: 'not-requested',
  action: 'probe one healthy target',
  message,
  remedy:
    'Connect once as a client through the load balancer, or run inside of the VPC with the setting `probe: true`.',
});
