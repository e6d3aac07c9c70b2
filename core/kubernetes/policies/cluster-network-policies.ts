import type { ClusterNetworkPolicy } from '../../model/custom-resources/engine-policy.ts';
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { contains } from '../../network/address.ts';
import type { FilterVerdict } from '../../network/verdict.ts';
import { fits } from '../label-selector.ts';
import { networkPolicyVerdict, policiesOn } from '../network-policies.ts';
import { type Arrival, fitsNamespace, isPort } from './arrival.ts';
import { allOf, anyOf, decided, isTrue, type Match, type Step } from './rules-in-order.ts';

type Rule = ClusterNetworkPolicy['spec']['ingress'][number];

/**
 * Admin tier, then NetworkPolicies where one selects the pod, then the baseline tier; the first rule that matches decides, and
 * what none decides is admitted. Peers given by namespaces or pods never mean an address that is no pod's. Source:
 * amazon-network-policy-controller-k8s, api/v1alpha1/clusternetworkpolicy_types.go; EKS user guide, "Admin network policies".
 */
export function clusterPolicyVerdict(
  arrival: Arrival,
  policies: ClusterNetworkPolicy[],
  networkPolicies: NetworkPolicy[],
): FilterVerdict {
  const { pod } = arrival;
  const baseline = tierVerdict(arrival, tierOf(policies, 'Baseline'), {
    decision: 'allow',
    by: 'no rule is about the load balancer',
  });
  const ofNamespace =
    policiesOn(pod, networkPolicies).length > 0 ? networkPolicyVerdict(pod, arrival, networkPolicies) : baseline;
  return tierVerdict(arrival, tierOf(policies, 'Admin'), ofNamespace);
}

const tierOf = (policies: ClusterNetworkPolicy[], tier: string): ClusterNetworkPolicy[] =>
  policies.filter(({ spec }) => spec.tier === tier).toSorted((a, b) => a.spec.priority - b.spec.priority);

function tierVerdict(arrival: Arrival, policies: ClusterNetworkPolicy[], next: FilterVerdict): FilterVerdict {
  const steps = policies.flatMap((policy) =>
    policy.spec.ingress.map((rule): Step => {
      const by = `ClusterNetworkPolicy ${policy.metadata.name} (tier ${policy.spec.tier}): ${rule.action} for ${arrival.protocol} ${arrival.port} from ${arrival.address}`;
      const match = allOf(isAbout(policy, arrival), isFrom(rule, arrival), isTo(rule, arrival));
      return { match, outcome: outcomeOf(rule.action, by, next) };
    }),
  );
  return decided(steps, next);
}

function outcomeOf(action: string, by: string, next: FilterVerdict): FilterVerdict {
  if (action === 'Accept') return { decision: 'allow', by };
  return action === 'Deny' ? { decision: 'deny', by } : next;
}

function isAbout({ spec: { subject } }: ClusterNetworkPolicy, { pod }: Arrival): Match {
  if (subject.namespaces !== undefined) return fitsNamespace(subject.namespaces, pod);
  if (subject.pods === undefined) return 'maybe';
  const { namespaceSelector, podSelector } = subject.pods;
  return allOf(fitsNamespace(namespaceSelector, pod), isTrue(fits(podSelector, pod.metadata.labels)));
}

/** A peer of a kind that is not known may mean the load balancer. */
const isFrom = ({ networks, others }: Rule, { address }: Arrival): Match =>
  anyOf(isTrue(networks.some((cidr) => contains(cidr, address))), others.length > 0 ? 'maybe' : 'no');

const isTo = ({ ports }: Rule, arrival: Arrival): Match =>
  ports.length === 0
    ? 'yes'
    : anyOf(
        ...ports.map((port) => allOf(isTrue((port.protocol ?? 'TCP') === arrival.protocol), isPort(arrival, port))),
      );
