import type {
  EndpointService,
  Listener,
  LoadBalancer,
  PrefixList,
  SecurityGroup,
  SecurityGroupRule,
  Vpc,
} from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { isOrigin, originsOf, servesPrivateLink } from '../../network/clients/client-origin.ts';
import { type WireProtocol, wireProtocolsOf } from '../../network/clients/wire-protocol.ts';
import { rangesOf, rulesFor } from '../../network/security-groups.ts';
import { weightsOf } from './weights.ts';

/** The listeners that send clients to the target group. */
export const listenersInUse = (group: TargetGroupContext): Listener[] =>
  group.memo.once([listenersInUse], () => {
    const { listeners, targetGroup } = group;
    return listeners.filter((listener) =>
      weightsOf({ listeners: [listener], targetGroup }).some((weight) => weight > 0),
    );
  });

/** A listener that clients cannot get to, by some of its protocols. */
export interface ClosedListener {
  listener: Listener;
  closed: WireProtocol[];
  /** True where another protocol of the listener is open. */
  isPartly: boolean;
  /** Where rules admit clients from these private ranges alone, and those of the load balancer come from the Internet. */
  only?: string[];
}

/**
 * The listeners whose port no inbound rule of the load balancer's security groups opens to any client of its families. Undefined where a
 * group was not read, where the load balancer has none, and where clients may come past them: PrivateLink, if the load
 * balancer does not enforce the rules on it (NLB user guide, "Update the security groups for your Network Load Balancer").
 */
export function closedListeners(
  group: TargetGroupContext,
  { securityGroups, ...around }: Surroundings,
): ClosedListener[] | undefined {
  const { loadBalancer } = group;
  const groups = groupsOfBalancer(loadBalancer, securityGroups);
  if (loadBalancer === undefined || groups === undefined || loadBalancer.privateLinkEnforcement === 'off')
    return undefined;
  return listenersInUse(group).flatMap((listener) => {
    const protocols = wireProtocolsOf(listener.protocol);
    const sources = protocols.map((protocol) => {
      const { covering } = rulesFor(groups, { direction: 'ingress', protocol, port: listener.port });
      return { protocol, ...sourcesOf(covering, loadBalancer, around) };
    });
    const shut = sources.filter(({ isOpen }) => !isOpen);
    const closed = shut.map(({ protocol }) => protocol);
    const only = shut.flatMap(({ ranges }) => ranges);
    const isPartly = closed.length < protocols.length;
    return closed.length === 0 ? [] : [{ listener, closed, isPartly, ...(only.length > 0 && { only }) }];
  });
}

interface Surroundings {
  securityGroups: SecurityGroup[];
  prefixLists: PrefixList[] | undefined;
  vpcs: Vpc[] | undefined;
  endpointServices: EndpointService[] | undefined;
}

/** Whether these rules are open to any client, and the ranges of the load balancer's families where none is. */
function sourcesOf(
  covering: { rule: SecurityGroupRule }[],
  loadBalancer: LoadBalancer,
  { prefixLists, vpcs, endpointServices }: Omit<Surroundings, 'securityGroups'>,
): { isOpen: boolean; ranges: string[] } {
  const isBlind = covering.some(
    ({ rule }) => rule.referencedGroupId !== undefined || rangesOf(rule, prefixLists) === undefined,
  );
  const all = covering.flatMap(({ rule }) => rangesOf(rule, prefixLists) ?? []);
  const origins = originsOf(loadBalancer, vpcs);
  const ranges = all.filter((range) => origins.some(({ bits }) => isOrigin(range, { bits, without: [] })));
  const isFromVpcs = servesPrivateLink(loadBalancer, endpointServices) !== false;
  const isOpen = isFromVpcs ? ranges.length > 0 : ranges.some((range) => origins.some((each) => isOrigin(range, each)));
  return { isOpen: isBlind || isOpen, ranges };
}

function groupsOfBalancer(
  balancer: LoadBalancer | undefined,
  securityGroups: SecurityGroup[],
): SecurityGroup[] | undefined {
  const ids = balancer?.securityGroups ?? [];
  const groups = ids.flatMap((id) => withId(securityGroups, id) ?? []);
  return ids.length === 0 || groups.length < ids.length ? undefined : groups;
}
