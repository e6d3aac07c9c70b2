import { servesBothProtocols } from '../../controllers/both-protocols.ts';
import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { isGuarded, policyEngineOf } from '../../kubernetes/network-policies.ts';
import type { PolicyProtocol } from '../../kubernetes/policies/arrival.ts';
import { engineVerdict, type Policies } from '../../kubernetes/policies/engine-verdict.ts';
import { fromAnywhere } from '../../kubernetes/policies/from-anywhere.ts';
import { isClosed, strictModes } from '../../kubernetes/policies/strict-mode.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Confidence, Evidence } from '../../model/check-result.ts';
import type { Gap } from '../../model/gap.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { preservesClients } from '../../network/clients/client-address.ts';
import { type ClientArrival, clientArrivalsOf } from '../../network/clients/pod-arrivals.ts';
import { wireProtocolsOf } from '../../network/clients/wire-protocol.ts';
import type { FilterVerdict } from '../../network/verdict.ts';

export const networkpolicyBlocksClients = check({
  id: 'networkpolicy-blocks-clients',
  kind: 'clients',
  stage: 'network',
  order: 4,
  severity: 'critical',
  title: 'Network policies drop clients at the pods, and the health check does not notice',
  symptom: 'Every target is healthy, and connections through the load balancer time out.',
  why: `Policies act on packets that arrive at the pod. Under externalTrafficPolicy Local kube-proxy answers the health check on the node, where
no policy applies; a check of another port is admitted by another rule; and where addresses of clients are preserved, a rule for the
load balancer’s subnets admits its health check and no client. Peers by pod or namespace never mean a client outside of the cluster.`,
  proof: `The engine that enforces policies is known, its policies and NetworkPolicies are evaluated together in its order for the traffic port
of every pod behind a healthy target, and they admit no address at all, or, where addresses of clients are not preserved, none from
which the load balancer or the node sends.`,
  nearMisses: [
    'Policies that admit some addresses admit somebody: who may connect is not judged.',
    'Private ranges alone, behind an internet-facing load balancer that preserves addresses of clients: no client comes from there. Where they hold the load balancer’s own addresses, clients by PrivateLink get through: at risk.',
    'Without an engine, on Fargate, and for pods in the network of their host policies do nothing.',
    'A node reaches its own pods in any case, so that under externalTrafficPolicy Cluster a local pod serves.',
    'Of a target group for TCP and UDP one protocol is dropped: sure where the Service has a port of each.',
    'A policy that drops the health check makes the targets unhealthy: `networkpolicy-blocks-health-check`.',
    'What hangs on labels of namespaces or on a kind that is not evaluated is unknown.',
  ],
  decidedBy: 'the engine’s own log of denied connections on the node of the pod, while a client connects',
  fix: [
    {
      text: 'Let a policy admit the ranges from which clients come to port {podPort} of the pods by an ipBlock (nets in Calico, fromCIDR or the entity world in Cilium), beside {subnets} for the load balancer.',
      look: { kubectl: 'get networkpolicies.networking.k8s.io{resources} --all-namespaces --output yaml' },
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation',
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  ],
  masks: ['traffic-port-silent'],
  needs: [
    'listeners',
    'networkPolicies',
    'enginePolicies',
    'nodeClasses',
    'workloads',
    'configMaps',
    'services',
    'endpointSlices',
    'pods',
    'nodes',
    'networkInterfaces',
    'subnets',
  ],
  applies: ({ targetGroup }) => targetGroup.targetType !== 'alb',

  run(group, facts) {
    const judged = judge(group, facts);
    if (judged === undefined) return undefined;
    const resources = [...new Set(facts.enginePolicies.map(({ resource }) => `,${resource}`))].join('');
    const isBoth = servesBothProtocols(group, facts.services);
    const isOneProtocol = wireProtocolsOf(group.targetGroup.protocol).length === 1;
    return judged.flatMap((arrivals): Evidence[] => {
      // One pod that takes clients is enough.
      if (arrivals.some(({ decision }) => decision !== 'deny')) return [];
      const [first] = arrivals;
      if (first === undefined || !first.always) return [];
      const { target, pod, port, protocol, by, subnets } = first;
      const isMeant = isOneProtocol || isBoth;
      const others = arrivals.length > 1 ? `, and ${arrivals.length - 1} more pods` : '';
      return [
        {
          target,
          saw: `${nameOf(pod)}${others}: ${by}; the health check of port ${target.healthCheckPort} passes`,
          expected: `clients admitted to ${protocol} ${port} of the pods`,
          confidence:
            isMeant && arrivals.every(({ confidence }) => confidence === 'confirmed') ? 'confirmed' : 'probable',
          ...(!isOneProtocol && { clientsOf: protocol }),
          values: { podPort: port, subnets: subnets.join(', '), resources },
        },
      ];
    });
  },

  undecided(group, facts) {
    return (judge(group, facts) ?? []).flatMap((arrivals): Gap[] => {
      const unsure = arrivals.find(({ decision }) => decision === 'unknown');
      if (unsure === undefined) return [];
      const { targetGroupArn, id, port } = unsure.target;
      if (arrivals.some(({ decision }) => decision === 'allow')) return [];
      return [
        {
          slice: 'enginePolicies',
          scope: { kind: 'target', targetGroupArn, id, port },
          reason: 'not-requested',
          action: 'evaluate policies for clients',
          message: `${unsure.by}: whether clients are admitted cannot be decided from what is read`,
          remedy: 'Compare with the log of the network engine while a client connects.',
        },
      ];
    });
  },
});

interface Judged extends ClientArrival {
  protocol: PolicyProtocol;
  decision: 'allow' | 'deny' | 'unknown';
  by: string;
  confidence: Confidence;
}

type Seen = Parameters<typeof clientArrivalsOf>[1] &
  Pick<Slices, 'networkPolicies' | 'enginePolicies' | 'nodeClasses' | 'workloads' | 'configMaps'>;

/**
 * What happens to clients at each pod behind a healthy target, a list for each target and protocol; undefined where no engine is, or
 * no listener sends any.
 */
function judge(group: TargetGroupContext, facts: Seen): Judged[][] | undefined {
  const { networkPolicies, enginePolicies, workloads, configMaps, nodes } = facts;
  const modeOn = strictModes(facts);
  const engine = policyEngineOf(workloads, configMaps) ?? (modeOn && 'VPC CNI');
  if (engine === undefined || listenersInUse(group).length === 0) return undefined;
  const policies: Policies = { engine, enginePolicies, networkPolicies, configMaps };
  const judgeOne = (arrival: ClientArrival, protocol: PolicyProtocol): Judged => {
    const { pod, target } = arrival;
    const sure = { ...arrival, protocol, confidence: 'confirmed' } as const;
    if (!isGuarded(pod, engine, nodes)) return { ...sure, decision: 'allow', by: 'no policy acts on the pod' };
    const mode = modeOn?.(pod);
    if (mode !== undefined && isClosed(pod, nodes, networkPolicies))
      return { ...sure, decision: 'deny', by: `${mode.name}, and no NetworkPolicy selects the pod` };
    const judged = { ...arrival, protocol, ...verdictOn({ ...arrival, protocol }, group, policies) };
    // A check that passes at the very port of clients is admitted, whatever the policies seem to say.
    const isProven =
      protocol === 'TCP' &&
      target.healthCheckPort === target.port &&
      judged.decision === 'deny' &&
      judged.confidence === 'confirmed';
    return isProven ? { ...judged, decision: 'allow' } : judged;
  };
  return wireProtocolsOf(group.targetGroup.protocol).flatMap((wire) => {
    const protocol = wire === 'udp' ? 'UDP' : 'TCP';
    const arrivals = clientArrivalsOf(group, facts, protocol).map((each) => judgeOne(each, protocol));
    return [...Map.groupBy(arrivals, ({ target }) => target).values()];
  });
}

type Judgement = Pick<Judged, 'decision' | 'by' | 'confidence'>;

function verdictOn(
  arrival: ClientArrival & { protocol: PolicyProtocol },
  group: TargetGroupContext,
  policies: Policies,
): Judgement {
  const { sources, forwarders } = arrival;
  const decisionOn = (address: string) => engineVerdict({ ...arrival, address }, policies);
  if (sources !== undefined) return ofSources(sources.map(decisionOn));
  const { targetGroup, loadBalancer } = group;
  const bits = targetGroup.ipAddressType === 'ipv6' ? 128 : 32;
  const { admits, isPrivateOnly, by } = fromAnywhere(arrival, bits, policies);
  if (admits === 'no one') return { decision: 'deny', by, confidence: 'confirmed' };
  if (admits === 'unknown') return { decision: 'unknown', by, confidence: 'possible' };
  if (!isPrivateOnly || loadBalancer?.scheme !== 'internet-facing')
    return { decision: 'allow', by, confidence: 'probable' };
  const isSure =
    preservesClients(targetGroup) === true &&
    forwarders.length > 0 &&
    forwarders.every((address) => decisionOn(address).decision === 'deny');
  return { decision: 'deny', by, confidence: isSure ? 'confirmed' : 'probable' };
}

/** Where some of the addresses are admitted, some clients are. */
function ofSources(verdicts: FilterVerdict[]): Judgement {
  const denied = verdicts.filter(({ decision }) => decision === 'deny');
  const [first = verdicts.find(({ decision }) => decision === 'unknown') ?? verdicts[0]] = denied;
  return {
    decision: first?.decision ?? 'unknown',
    by: first?.by ?? 'where the packets come from is not known',
    confidence: denied.length === verdicts.length ? 'confirmed' : 'probable',
  };
}
