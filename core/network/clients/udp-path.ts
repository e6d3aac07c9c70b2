import { withId } from '../../model/indexed.ts';
import type { Endpoint, Hop, Network } from '../connection-path.ts';
import { securityGroupVerdict } from '../security-groups.ts';
import type { FilterVerdict } from '../verdict.ts';

/** What security groups at both ends make of a UDP packet; network ACLs and routes are evaluated for TCP alone. */
export function udpHops(from: Endpoint, to: Endpoint, port: number, network: Network): Hop[] {
  const verdictAt = (direction: 'ingress' | 'egress', own: Endpoint, peer: Endpoint): FilterVerdict => {
    const groups = own.securityGroupIds.flatMap((id) => withId(network.securityGroups, id) ?? []);
    if (own.securityGroupIds.length === 0) return { decision: 'allow', by: 'no security group' };
    if (groups.length < own.securityGroupIds.length)
      return { decision: 'unknown', by: 'a security group was not read' };
    return securityGroupVerdict(groups, { direction, protocol: 'udp', port, peer }, network.prefixLists);
  };
  return [
    { kind: 'egress', verdict: verdictAt('egress', from, to) },
    { kind: 'ingress', verdict: verdictAt('ingress', to, from) },
  ];
}
