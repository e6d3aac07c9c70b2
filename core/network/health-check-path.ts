import type { SecurityGroup, Target } from '../model/aws.ts';
import { withId } from '../model/indexed.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { tcp } from './clients/wire-protocol.ts';
import {
  type ConnectionPath,
  type Endpoint,
  endpointAt,
  evaluatePath,
  evaluatePathWithin,
  type Network,
  probePath,
  wholeSubnet,
} from './connection-path.ts';
import { addressOf, interfaceOf } from './interfaces.ts';
import { type LoadBalancerNode, nodesOf } from './load-balancer-nodes.ts';
import { securityGroupVerdict } from './security-groups.ts';
import type { FilterVerdict } from './verdict.ts';

/** What the target's security groups say about the health check from one load balancer node. */
export interface Arrival extends FilterVerdict {
  node: LoadBalancerNode;
  /** The address of the node that the check comes from, in the family of the target group. */
  source: string;
  /** The target's security groups. */
  securityGroups: SecurityGroup[];
}

/**
 * What the target's own security groups say to the health check from every node of the load balancer. Empty when the load
 * balancer, the interface or one of its security groups is not among the facts.
 */
export const arrivalsAt = (target: Target, group: TargetGroupContext, network: Network): Arrival[] =>
  group.memo.once([arrivalsAt, filtersOf(group, network), target], () => verdictsOn(target, group, network));

function verdictsOn(target: Target, group: TargetGroupContext, network: Network): Arrival[] {
  const networkInterface = interfaceOf(target, group.targetGroup, network.networkInterfaces);
  if (group.loadBalancer === undefined || networkInterface === undefined) return [];
  const securityGroups = networkInterface.securityGroups.flatMap((id) => withId(network.securityGroups, id) ?? []);
  if (securityGroups.length < networkInterface.securityGroups.length) return [];
  const port = target.healthCheckPort;
  const ids = networkInterface.securityGroups.join();
  return group.memo.once([verdictsOn, filtersOf(group, network), port, ids], () =>
    sourcesOf(group, network).map(({ node, end }) => {
      const packet = { direction: 'ingress', protocol: 'tcp', port, peer: end } as const;
      return {
        node,
        source: end.address,
        securityGroups,
        ...securityGroupVerdict(securityGroups, packet, network.prefixLists),
      };
    }),
  );
}

/** The whole way of the health check from one load balancer node. */
export interface PathToTarget extends ConnectionPath {
  node: LoadBalancerNode;
  from: Endpoint;
  /** The target, or its whole subnet where all of that is admitted. */
  to: Endpoint;
}

/**
 * Follows the health check through every gate from every node of the load balancer to the target. Empty when the load
 * balancer or the target's address is not among the facts; a target without interface is taken to be outside of the VPC.
 */
export const pathsTo = (target: Target, group: TargetGroupContext, network: Network): PathToTarget[] =>
  group.memo.once([pathsTo, filtersOf(group, network), target], () => follow(target, group, network));

/** The failing targets to which some gate may not let the health check through: found once for all checks that see the same gates. */
export const targetsNotAdmitted = (group: TargetGroupContext, network: Network): Target[] =>
  group.memo.once([targetsNotAdmitted, filtersOf(group, network)], () =>
    group.failing.filter((target) => pathsTo(target, group, network).some(({ decision }) => decision !== 'allow')),
  );

/**
 * What decides a verdict, as one value for a key: checks that see the same slices share verdicts, those that see others have verdicts
 * of their own. Found by the object first, which a check passes for every target.
 */
export const filtersOf = ({ memo }: TargetGroupContext, network: Network): object =>
  memo.once([filtersOf, network], () => {
    const { networkInterfaces, securityGroups, subnets, networkAcls, routeTables, prefixLists } = network;
    const filters = [networkInterfaces, securityGroups, subnets, networkAcls, routeTables, prefixLists];
    return memo.once([filtersOf, ...filters], () => ({}));
  });

function follow(target: Target, group: TargetGroupContext, network: Network): PathToTarget[] {
  const { end, subnet } = placeOf(target, group, network);
  if (end === undefined) return [];
  const port = target.healthCheckPort;
  if (subnet === undefined) return pathsOf(end, port, group, network);
  const wholes = group.memo.once([pathsOf, filtersOf(group, network), port, subnet], () =>
    pathsOf(subnet, port, group, network),
  );
  // Targets that nothing on the way tells apart have the same paths.
  if (wholes.every(({ decision }) => decision === 'allow')) return wholes;
  return wholes.map((whole) => {
    const { node, from } = whole;
    const { hops, decision, by } = evaluatePathWithin(whole, from, end, { door: tcp(port), network });
    return { node, from, to: end, hops, decision, by };
  });
}

/** The end of a connection at the target, and the whole subnet that it is in. */
const placeOf = (target: Target, group: TargetGroupContext, network: Network) =>
  group.memo.once([placeOf, network.networkInterfaces, network.subnets, target], () => {
    const end = endOf(target, group, network);
    return { end, subnet: end && wholeSubnet(end, network) };
  });

const pathsOf = (to: Endpoint, port: number, group: TargetGroupContext, network: Network): PathToTarget[] =>
  sourcesOf(group, network).map(({ node, end: from }) => ({
    node,
    from,
    to,
    ...evaluatePath(from, to, tcp(port), network),
  }));

type Seen<All> = { [Name in keyof All]?: All[Name] | undefined };

/** True where every rule admits the auditor's own probes to this port: only then does their silence tell something. */
export function probesArrive(
  target: Target,
  group: TargetGroupContext,
  seen: Seen<Network>,
  port = target.healthCheckPort,
): boolean {
  const { networkInterfaces, securityGroups, subnets } = seen;
  if (networkInterfaces === undefined || securityGroups === undefined || subnets === undefined) return false;
  const network = { prefixLists: undefined, ...seen, networkInterfaces, securityGroups, subnets };
  return group.memo.once([probesArrive, filtersOf(group, network), port, target], () => {
    const { end, subnet } = placeOf(target, group, network);
    if (end === undefined) return false;
    const isAdmitted = (to: Endpoint) => probePath(to, port, group.vantage, network).decision === 'allow';
    const isWholly =
      subnet && group.memo.once([probesArrive, filtersOf(group, network), port, subnet], () => isAdmitted(subnet));
    return isWholly === true || isAdmitted(end);
  });
}

/** The end of a connection at the target. */
export function endOf(
  target: Target,
  { targetGroup }: TargetGroupContext,
  { networkInterfaces }: Network,
): Endpoint | undefined {
  const address = addressOf(target, targetGroup, networkInterfaces);
  const networkInterface = interfaceOf(target, targetGroup, networkInterfaces);
  if (address === undefined) return undefined;
  return networkInterface === undefined ? { address, securityGroupIds: [] } : endpointAt(address, networkInterface);
}

/** Where health checks start: an address of the family of the target group in each zone. */
export function sourcesOf(
  { loadBalancer, targetGroup, memo }: TargetGroupContext,
  { networkInterfaces, subnets }: Pick<Network, 'networkInterfaces' | 'subnets'>,
) {
  if (loadBalancer === undefined) return [];
  return memo.once([sourcesOf, networkInterfaces, subnets], () =>
    nodesOf(loadBalancer, networkInterfaces, subnets).flatMap((node) => {
      const address = targetGroup.ipAddressType === 'ipv6' ? node.ipv6Address : node.address;
      if (address === undefined) return [];
      return [{ node, end: { address, subnetId: node.subnetId, securityGroupIds: loadBalancer.securityGroups } }];
    }),
  );
}
