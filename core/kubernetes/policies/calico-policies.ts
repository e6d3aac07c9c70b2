import type { CalicoPolicy, CalicoRule, EnginePolicy } from '../../model/custom-resources/engine-policy.ts';
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { compareText } from '../../model/target-group-context.ts';
import { contains } from '../../network/address.ts';
import type { FilterVerdict } from '../../network/verdict.ts';
import { networkPolicyVerdict, policiesOn } from '../network-policies.ts';
import { type Arrival, isPort, type PolicyProtocol } from './arrival.ts';
import { fitsCalico } from './calico-selector.ts';
import { allOf, anyOf, decided, either, isTrue, type Match, type Step } from './rules-in-order.ts';

/** The order of the tier `default`, and that of Kubernetes NetworkPolicies in it (Calico reference, "Tier", "NetworkPolicy"). */
const defaultTierOrder = 1_000_000;
const networkPolicyOrder = 1000;

/**
 * Tiers in their order; in each the policies in theirs, the first rule that matches decides, `Pass` goes on with the next tier, and
 * a pod that some policy of a tier selects is denied at its end what none of them decides. Source: Calico reference, "Tier".
 */
export function calicoVerdict(arrival: Arrival, own: EnginePolicy[], networkPolicies: NetworkPolicy[]): FilterVerdict {
  const policies = own
    .filter((each) => each.kind === 'CalicoPolicy')
    .filter(({ spec }) => spec.types.includes('Ingress'));
  const orders = new Map(
    own.filter((each) => each.kind === 'CalicoTier').map(({ metadata, spec }) => [metadata.name, spec]),
  );
  const orderOf = (tier: string): number =>
    orders.get(tier)?.order ?? (tier === 'default' ? defaultTierOrder : Number.POSITIVE_INFINITY);
  const sets = own.flatMap((each) => (each.kind === 'CalicoNetworkSet' ? each.spec.nets : []));
  const tiers = [...new Set(['default', ...policies.map(({ spec }) => spec.tier)])].toSorted(
    (a, b) => orderOf(b) - orderOf(a) || compareText(b, a),
  );
  return tiers.reduce<FilterVerdict>(
    (next, tier) => {
      const members = policies.filter(({ spec }) => spec.tier === tier).toSorted(byOrder);
      const end = orders.get(tier)?.defaultAction === 'Pass' ? next : deniedAtEnd(tier, arrival);
      return tierVerdict(arrival, {
        members,
        sets,
        next,
        end,
        networkPolicies: tier === 'default' ? networkPolicies : [],
      });
    },
    { decision: 'allow', by: 'no Calico policy selects the pod' },
  );
}

const deniedAtEnd = (tier: string, { protocol, port, address }: Arrival): FilterVerdict => ({
  decision: 'deny',
  by: `Calico tier ${tier}: no rule for ${protocol} ${port} from ${address}`,
});

const byOrder = (a: CalicoPolicy, b: CalicoPolicy): number =>
  placeOf(a) - placeOf(b) || compareText(a.metadata.name, b.metadata.name);

const placeOf = ({ spec }: CalicoPolicy): number => spec.order ?? Number.MAX_VALUE;

interface Tier {
  members: CalicoPolicy[];
  networkPolicies: NetworkPolicy[];
  /** Addresses of NetworkSets, which selectors of sources may mean. */
  sets: string[];
  next: FilterVerdict;
  end: FilterVerdict;
}

function tierVerdict(arrival: Arrival, { members, networkPolicies, sets, next, end }: Tier): FilterVerdict {
  const selecting = policiesOn(arrival.pod, networkPolicies);
  const applies = anyOf(isTrue(selecting.length > 0), ...members.map((policy) => isAbout(policy, arrival)));
  const last = applies === 'yes' ? endOf(end, selecting, arrival) : applies === 'no' ? next : either(end, next);
  const stepsOf = (policy: CalicoPolicy): Step[] =>
    policy.spec.ingress.flatMap((rule): Step[] => {
      const by = `${kindOf(policy)} ${policy.metadata.name}: ${rule.action} for ${arrival.protocol} ${arrival.port} from ${arrival.address}`;
      const outcome: FilterVerdict | undefined = {
        Allow: { decision: 'allow', by } as const,
        Deny: { decision: 'deny', by } as const,
        Pass: next,
      }[rule.action];
      return outcome === undefined
        ? []
        : [{ match: allOf(isAbout(policy, arrival), isMeant(rule, arrival, sets)), outcome }];
    });
  const isEarly = (policy: CalicoPolicy): boolean => placeOf(policy) < networkPolicyOrder;
  const ofNamespace = networkPolicyVerdict(arrival.pod, arrival, networkPolicies);
  return decided(
    [
      ...members.filter(isEarly).flatMap(stepsOf),
      { match: isTrue(selecting.length > 0 && ofNamespace.decision === 'allow'), outcome: ofNamespace },
      ...members.filter((policy) => !isEarly(policy)).flatMap(stepsOf),
    ],
    last,
  );
}

/** Where NetworkPolicies alone select the pod, they are what denies. */
const endOf = (end: FilterVerdict, selecting: NetworkPolicy[], arrival: Arrival): FilterVerdict =>
  selecting.length > 0 && end.decision === 'deny' ? networkPolicyVerdict(arrival.pod, arrival, selecting) : end;

const kindOf = ({ metadata }: CalicoPolicy): string =>
  metadata.namespace === undefined ? 'Calico GlobalNetworkPolicy' : 'Calico NetworkPolicy';

const namespaceLabels = new Set(['kubernetes.io/metadata.name', 'projectcalico.org/name']);

function isAbout({ metadata, spec }: CalicoPolicy, { pod }: Arrival): Match {
  const namespace = pod.metadata.namespace ?? '';
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) return 'no';
  const labels = {
    ...pod.metadata.labels,
    'projectcalico.org/namespace': namespace,
    'projectcalico.org/orchestrator': 'k8s',
  };
  const names = Object.fromEntries([...namespaceLabels].map((key) => [key, namespace]));
  return allOf(
    fitsCalico(spec.selector, labels),
    fitsCalico(spec.namespaceSelector ?? '', names, (key) => namespaceLabels.has(key)),
    spec.others.length > 0 ? 'maybe' : 'yes',
  );
}

/** Protocols by name or by number (Calico reference, "NetworkPolicy"). */
const namesOf: Record<PolicyProtocol, RegExp> = { TCP: /^(tcp|6)$/i, UDP: /^(udp|17)$/i };

function isMeant(rule: CalicoRule, arrival: Arrival, sets: string[]): Match {
  const { address } = arrival;
  if (rule.protocol !== undefined && !namesOf[arrival.protocol].test(rule.protocol)) return 'no';
  if (rule.nets.length > 0 && !rule.nets.some((cidr) => contains(cidr, address))) return 'no';
  if (rule.notNets.some((cidr) => contains(cidr, address))) return 'no';
  if (rule.bySelector && !sets.some((cidr) => contains(cidr, address))) return 'no';
  const ports = rule.ports.length === 0 ? 'yes' : anyOf(...rule.ports.map((text) => isPort(arrival, portOf(text))));
  return allOf(ports, rule.bySelector || rule.others.length > 0 ? 'maybe' : 'yes');
}

function portOf(text: string): { port?: number; endPort?: number; name?: string } {
  const [, first, last] = /^(\d+)(?::(\d+))?$/.exec(text) ?? [];
  return first === undefined ? { name: text } : { port: Number(first), endPort: Number(last ?? first) };
}
