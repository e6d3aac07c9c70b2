import type { Listener, LoadBalancer, SecurityGroup } from '../model/aws.ts';
import { withId } from '../model/indexed.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { type WireProtocol, wireProtocolsOf } from '../network/clients/wire-protocol.ts';
import { rulesFor } from '../network/security-groups.ts';
import { weightsOf } from './weights.ts';

/** The listeners that send clients to the target group. */
export const listenersInUse = (group: TargetGroupContext): Listener[] =>
  group.listeners.filter((listener) => weightsOf({ ...group, listeners: [listener] }).some((weight) => weight > 0));

/** A listener that clients cannot get to, by some of its protocols. */
export interface ClosedListener {
  listener: Listener;
  closed: WireProtocol[];
  /** True where another protocol of the listener is open. */
  isPartly: boolean;
}

/**
 * The listeners whose port no inbound rule of the load balancer's security groups covers, whatever the source. Undefined where a
 * group was not read, where the load balancer has none, and where clients may come past them: PrivateLink, if the load
 * balancer does not enforce the rules on it (NLB user guide, "Update the security groups for your Network Load Balancer").
 */
export function closedListeners(
  group: TargetGroupContext,
  { securityGroups }: { securityGroups: SecurityGroup[] },
): ClosedListener[] | undefined {
  const groups = groupsOfBalancer(group.loadBalancer, securityGroups);
  if (groups === undefined || group.loadBalancer?.privateLinkEnforcement === 'off') return undefined;
  return listenersInUse(group).flatMap((listener) => {
    const protocols = wireProtocolsOf(listener.protocol);
    const closed = protocols.filter(
      (protocol) => rulesFor(groups, { direction: 'ingress', protocol, port: listener.port }).covering.length === 0,
    );
    return closed.length === 0 ? [] : [{ listener, closed, isPartly: closed.length < protocols.length }];
  });
}

function groupsOfBalancer(
  balancer: LoadBalancer | undefined,
  securityGroups: SecurityGroup[],
): SecurityGroup[] | undefined {
  const ids = balancer?.securityGroups ?? [];
  const groups = ids.flatMap((id) => withId(securityGroups, id) ?? []);
  return ids.length === 0 || groups.length < ids.length ? undefined : groups;
}
