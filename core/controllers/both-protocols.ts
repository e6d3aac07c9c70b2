import { serviceOf, servicePortOf } from '../kubernetes/service.ts';
import type { Service } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';

/**
 * True for a target group of TCP and UDP whose Service has a port of each with the same number: clients of both are meant, such as
 * those of DNS. Clients of QUIC fall back to TCP.
 */
export function servesBothProtocols(group: TargetGroupContext, services: Service[] | undefined): boolean {
  const service = serviceOf(group, services ?? []);
  const port = service && servicePortOf(group, service);
  if (group.targetGroup.protocol !== 'TCP_UDP' || service === undefined || port === undefined) return false;
  return service.spec.ports.some((other) => other.port === port.port && other.protocol !== port.protocol);
}
