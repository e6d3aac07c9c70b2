import type { SecurityGroup, Target } from '../model/aws.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { asCidr, isIpv6 } from './address.ts';
import { preservesClients } from './clients/client-address.ts';
import { type Door, type WireProtocol, wireProtocolsOf } from './clients/wire-protocol.ts';
import type { Network } from './connection-path.ts';
import { sourcesOf } from './health-check-path.ts';
import { type Peer, securityGroupVerdict } from './security-groups.ts';
import { sourceGroupOf } from './source-group.ts';

/** A rule that a security group lacks: a port, and who connects to it. */
export interface Opening {
  protocol: WireProtocol;
  port: number;
  /** Of who connects; without one, by address. */
  securityGroup: string | undefined;
  /** Addresses or ranges of one family. */
  addresses?: string[];
}

/** `--ip-permissions` of the AWS CLI in JSON. */
export const permissions = (openings: Opening[]): string => JSON.stringify(openings.map(permission));

function permission({ protocol, port, securityGroup, addresses = [] }: Opening) {
  const door = { IpProtocol: protocol, FromPort: port, ToPort: port };
  if (securityGroup !== undefined) return { ...door, UserIdGroupPairs: [{ GroupId: securityGroup }] };
  const ranges = addresses.map(asCidr);
  return isIpv6(addresses[0] ?? '')
    ? { ...door, Ipv6Ranges: ranges.map((CidrIpv6) => ({ CidrIpv6 })) }
    : { ...door, IpRanges: ranges.map((CidrIp) => ({ CidrIp })) };
}

/** What a target needs so that its health check passes and clients get through, each only where no rule admits it yet. */
export interface Openings {
  fromLoadBalancer: Opening[];
  /** Ports that clients reach with addresses of their own, which no security group of the load balancer stands for. */
  fromClients: number[];
}

/**
 * The health check port and the traffic port, in each protocol of the target group: a rule for the health check alone would turn
 * a target healthy that no client can reach. What is admitted already is left out, since AWS refuses the whole call for one duplicate.
 */
export function openingsAt(
  target: Target,
  group: TargetGroupContext,
  network: Network,
  groupsOfTarget: SecurityGroup[],
): Openings {
  const securityGroup = sourceGroupOf(group.loadBalancer, network.securityGroups);
  const closedTo = ({ protocol, port }: Door, peers: Peer[]): string[] =>
    peers
      .filter((peer) => {
        const packet = { direction: 'ingress', protocol, port, peer } as const;
        return securityGroupVerdict(groupsOfTarget, packet, network.prefixLists).decision !== 'allow';
      })
      .map(({ address }) => address);

  const nodes = sourcesOf(group, network).map(({ end }) => end);
  const isByAddress = securityGroup === undefined && preservesClients(group.targetGroup) !== false;
  const [check, ...traffic] = doorsOf(target, group);
  const anybody = { address: group.targetGroup.ipAddressType === 'ipv6' ? '::/0' : '0.0.0.0/0', securityGroupIds: [] };
  return {
    fromLoadBalancer: [check, ...(isByAddress ? [] : traffic)].flatMap((door) => {
      const addresses = closedTo(door, nodes);
      return addresses.length === 0 ? [] : [{ ...door, securityGroup, addresses }];
    }),
    fromClients: isByAddress
      ? traffic.filter((door) => closedTo(door, [anybody]).length > 0).map(({ port }) => port)
      : [],
  };
}

/** Where a load balancer connects to at a target: the health check first, then clients' traffic where that goes elsewhere. */
export function doorsOf(
  { healthCheckPort, port }: Target,
  { targetGroup }: Pick<TargetGroupContext, 'targetGroup'>,
): [Door, ...Door[]] {
  const traffic = wireProtocolsOf(targetGroup.protocol).map((protocol) => ({ protocol, port }));
  const others = traffic.filter((door) => door.protocol !== 'tcp' || door.port !== healthCheckPort);
  return [{ protocol: 'tcp', port: healthCheckPort }, ...others];
}
