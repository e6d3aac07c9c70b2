import type { TargetGroup } from '../../model/aws.ts';
import { wireProtocolsOf } from './wire-protocol.ts';

/**
 * True where targets see the addresses of clients, false where they see those of the load balancer; undefined where the attribute
 * is not known and the kind of group does not decide. Always true for UDP and for Application Load Balancers as targets. Clients
 * that come by PrivateLink have an address of the load balancer in any case. Source: NLB user guide, "Client IP preservation".
 */
export function preservesClients({ targetType, protocol, attributes }: TargetGroup): boolean | undefined {
  if (targetType === 'alb' || wireProtocolsOf(protocol).includes('udp')) return true;
  const set = attributes['preserve_client_ip.enabled'];
  return set === undefined ? undefined : set === 'true';
}
