import type { CiliumPolicy, CiliumRule } from '../../model/custom-resources/engine-policy.ts';
import type { LabelSelector, NetworkPolicy } from '../../model/kubernetes.ts';
import { contains } from '../../network/address.ts';
import type { FilterVerdict } from '../../network/verdict.ts';
import { fits } from '../label-selector.ts';
import { networkPolicyVerdict, policiesOn } from '../network-policies.ts';
import { type Arrival, isPort } from './arrival.ts';
import { allOf, anyOf, decided, either, isTrue, type Match, type Step } from './rules-in-order.ts';

/**
 * Denials come first, then everything that some policy admits; a pod that a policy for ingress selects is denied the rest, unless all
 * of them only add. Source: Cilium documentation, "Policy Enforcement Modes", "Layer 3 Examples", "Deny Policies".
 */
export function ciliumVerdict(
  arrival: Arrival,
  {
    policies,
    networkPolicies,
    isAlways,
  }: { policies: CiliumPolicy[]; networkPolicies: NetworkPolicy[]; isAlways: boolean },
): FilterVerdict {
  const { pod, address, port, protocol } = arrival;
  const selecting = policiesOn(pod, networkPolicies);
  const isRestricted = anyOf(
    isTrue(isAlways || selecting.length > 0),
    ...policies.map((policy) => (isRestricting(policy) ? isAbout(policy, arrival) : 'no')),
  );
  const admitted: FilterVerdict = { decision: 'allow', by: 'no Cilium policy restricts the pod' };
  const rest: FilterVerdict = {
    decision: 'deny',
    by: `${namesOf(policies, arrival)}: no rule for ${protocol} ${port} from ${address}`,
  };
  const ofNamespace = networkPolicyVerdict(pod, arrival, networkPolicies);
  const steps = [
    ...policies.flatMap((policy) => stepsOf(policy, arrival, 'ingressDeny')),
    ...policies.flatMap((policy) => stepsOf(policy, arrival, 'ingress')),
    { match: isTrue(selecting.length > 0 && ofNamespace.decision === 'allow'), outcome: ofNamespace },
  ];
  const last = isRestricted === 'yes' ? rest : isRestricted === 'no' ? admitted : either(rest, admitted);
  return decided(steps, last);
}

const isRestricting = ({ spec }: CiliumPolicy): boolean =>
  spec.defaultDeny && (spec.ingress !== undefined || spec.ingressDeny !== undefined);

const namesOf = (policies: CiliumPolicy[], arrival: Arrival): string =>
  policies
    .filter((policy) => isRestricting(policy) && isAbout(policy, arrival) !== 'no')
    .map(nameOf)
    .join(', ') || 'Cilium';

const nameOf = ({ metadata }: CiliumPolicy): string =>
  metadata.namespace === undefined
    ? `CiliumClusterwideNetworkPolicy ${metadata.name}`
    : `CiliumNetworkPolicy ${metadata.namespace}/${metadata.name}`;

function stepsOf(policy: CiliumPolicy, arrival: Arrival, list: 'ingress' | 'ingressDeny'): Step[] {
  return (policy.spec[list] ?? []).map((rule) => ({
    match: allOf(isAbout(policy, arrival), isFrom(rule, arrival), isTo(rule, arrival)),
    outcome: {
      decision: list === 'ingress' ? 'allow' : 'deny',
      by: `${nameOf(policy)}: ${list} for ${arrival.protocol} ${arrival.port} from ${arrival.address}`,
    },
  }));
}

/** Labels of selectors may carry their source; those of the namespace are not read. */
function isAbout({ metadata, spec }: CiliumPolicy, { pod }: Arrival): Match {
  const selector = spec.endpointSelector;
  if (selector === undefined) return 'no';
  if (metadata.namespace !== undefined && metadata.namespace !== pod.metadata.namespace) return 'no';
  const bare = (key: string): string => key.replace(/^(k8s|any):/, '');
  const plain: LabelSelector = {
    matchLabels: Object.fromEntries(Object.entries(selector.matchLabels).map(([key, value]) => [bare(key), value])),
    matchExpressions: selector.matchExpressions.map((each) => ({ ...each, key: bare(each.key) })),
  };
  const keys = [...Object.keys(plain.matchLabels), ...plain.matchExpressions.map(({ key }) => key)];
  if (keys.some((key) => /^(reserved:|io\.cilium\.k8s\.(namespace\.labels|policy))/.test(key))) return 'maybe';
  const labels = { ...pod.metadata.labels, 'io.kubernetes.pod.namespace': pod.metadata.namespace ?? '' };
  return isTrue(fits(plain, labels));
}

/** A load balancer is of the world, a node of the cluster; CIDR rules mean only the world (Cilium, "Entities based", "IP/CIDR based"). */
function isFrom({ entities, cidrs, hasSources, others }: CiliumRule, { address, isFromNode }: Arrival): Match {
  if (!hasSources) return 'yes';
  const named = isFromNode
    ? ['all', 'cluster', 'remote-node', 'host']
    : ['all', 'world', address.includes(':') ? 'world-ipv6' : 'world-ipv4'];
  const isListed =
    !isFromNode &&
    cidrs.some(({ cidr, except }) => contains(cidr, address) && !except.some((inner) => contains(inner, address)));
  return anyOf(
    isTrue(isListed || entities.some((entity) => named.includes(entity))),
    others.length > 0 ? 'maybe' : 'no',
  );
}

const isTo = ({ ports }: CiliumRule, arrival: Arrival): Match =>
  ports.length === 0
    ? 'yes'
    : anyOf(
        ...ports.map(({ port, endPort, protocol = 'ANY' }) => {
          if (![arrival.protocol, 'ANY', ''].includes(protocol)) return 'no';
          const number = Number(port);
          if (number === 0) return 'yes';
          return isPort(arrival, Number.isNaN(number) ? { name: port } : { port: number, ...(endPort && { endPort }) });
        }),
      );
