import { check } from '../../diagnosis/check.ts';
import { isGuarded, type PolicyEngine, policyEngineOf } from '../../kubernetes/network-policies.ts';
import type { Arrival } from '../../kubernetes/policies/arrival.ts';
import { engineVerdict, type Policies } from '../../kubernetes/policies/engine-verdict.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Gap } from '../../model/gap.ts';
import type { Node, Workload } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { type PodArrival, podArrivalsOf } from '../../network/pod-path.ts';
import type { FilterVerdict } from '../../network/verdict.ts';

export const clusterNetworkPolicyBlocksHealthCheck = check({
  id: 'cluster-network-policy-blocks-health-check',
  kind: 'fault',
  stage: 'network',
  order: 2,
  severity: 'critical',
  title: 'A policy of the network engine itself drops the health check at the pod',
  symptom: 'Pods that no NetworkPolicy restricts are unhealthy and answer nothing, yet the kubelet finds them ready.',
  why: `Beside NetworkPolicies the engines have kinds of their own: ClusterNetworkPolicy of the VPC CNI, Calico's GlobalNetworkPolicy and
NetworkPolicy, Cilium's CiliumNetworkPolicy and its clusterwide form. They often close a whole cluster by default and open it by label or
entity. The load balancer is no pod: only addresses mean it, or the entity \`world\` of Cilium.`,
  proof: `The engine that runs in the cluster is known, and its own policies are evaluated in its order for the addresses that the health check
comes from and the port of the pod: they deny it, whatever NetworkPolicies say. What hangs on labels of namespaces, on conditions of
HTTP or on a kind that is not evaluated is unknown.`,
  nearMisses: [
    'Policies of an engine that does not run do nothing.',
    'Peers by namespace or pod of a ClusterNetworkPolicy never mean the load balancer.',
    'A NetworkPolicy alone that denies the check is `networkpolicy-blocks-health-check`.',
    'Under externalTrafficPolicy Local kube-proxy answers the check on the node, where policies do not apply.',
  ],
  decidedBy: 'the engine’s own log of denied connections on the node of the pod',
  fix: [
    {
      text: 'Let the policy admit the addresses that the health check comes from ({subnets}) to port {port} of the pods, in a rule before the one that denies: by nets in Calico, by fromCIDR or the entity world in Cilium, by an ipBlock of a NetworkPolicy under the baseline tier of the VPC CNI. Where the target group preserves client addresses, clients have to be admitted too: healthy targets do not show that they are not.',
      look: { kubectl: 'get {resource} --all-namespaces --output yaml' },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
    'https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy',
    'https://docs.cilium.io/en/stable/security/policy/',
  ],
  masks: [],
  masksEvery: ['dropSymptom'],
  needs: [
    'enginePolicies',
    'networkPolicies',
    'workloads',
    'configMaps',
    'services',
    'endpointSlices',
    'pods',
    'nodes',
    'networkInterfaces',
    'subnets',
  ],

  run(group, facts) {
    const judged = judge(group, facts);
    if (judged === undefined) return undefined;
    return [...Map.groupBy(judged, ({ target }) => target)].flatMap(([target, arrivals]): Evidence[] => {
      const denied = arrivals.find(({ verdict }) => verdict.decision === 'deny');
      if (denied === undefined) return [];
      const { pod, port, subnets, always, verdict, engine, resources } = denied;
      return [
        {
          target,
          saw: `${nameOf(pod)} under ${engine}: ${verdict.by}`,
          expected: `a rule that admits ${subnets.join(', ')} to TCP ${port}`,
          confidence: always ? 'confirmed' : 'probable',
          values: { subnets: subnets.join(', '), port, resource: resources },
        },
      ];
    });
  },

  undecided(group, facts) {
    return [...Map.groupBy(judge(group, facts) ?? [], ({ target }) => target)].flatMap(([target, arrivals]): Gap[] => {
      const unsure = arrivals.find(({ verdict }) => verdict.decision === 'unknown');
      if (unsure === undefined || arrivals.some(({ verdict }) => verdict.decision === 'deny')) return [];
      const { targetGroupArn, id, port } = target;
      return [
        {
          slice: 'enginePolicies',
          scope: { kind: 'target', targetGroupArn, id, port },
          reason: 'not-requested',
          action: 'evaluate policies of the network engine',
          message: `${unsure.verdict.by}: this cannot be decided from what is read`,
          remedy: `Compare with the log of ${unsure.engine}, and with kubectl get ${unsure.resources} --all-namespaces --output yaml.`,
        },
      ];
    });
  },
});

interface Judged extends PodArrival {
  engine: PolicyEngine;
  /** Resources of the policies that were evaluated, as kubectl takes them. */
  resources: string;
  verdict: FilterVerdict;
}

type Seen = Parameters<typeof podArrivalsOf>[1] & Omit<Policies, 'engine'> & { workloads: Workload[] };

/** What the engine makes of each path by which a check arrives at a pod; undefined where no engine has policies of its own kinds. */
function judge(group: TargetGroupContext, facts: Seen): Judged[] | undefined {
  const { workloads, configMaps, networkPolicies, enginePolicies, nodes } = facts;
  const engine = policyEngineOf(workloads, configMaps);
  if (engine === undefined || enginePolicies.length === 0) return undefined;
  const policies: Policies = { engine, enginePolicies, networkPolicies, configMaps };
  const resources = [...new Set(enginePolicies.map(({ resource }) => resource))].join(',');
  return podArrivalsOf(group, facts, { targets: group.failing, protocol: 'TCP' })
    .filter(({ pod }) => isGuarded(pod, engine, nodes))
    .flatMap((arrival) =>
      verdictsOn(arrival, policies, nodes).map((verdict) => ({ ...arrival, engine, resources, verdict })),
    );
}

/** With NetworkPolicies, which may admit more; what they alone deny is not the fault of the engine's own kinds. */
function verdictsOn({ pod, port, sources }: PodArrival, policies: Policies, nodes: Node[]) {
  const addresses = new Set(nodes.flatMap(({ status }) => status.addresses.map(({ address }) => address)));
  return sources.flatMap((address) => {
    const arrival: Arrival = { pod, port, protocol: 'TCP', address, isFromNode: addresses.has(address) };
    const verdict = engineVerdict(arrival, policies);
    const own = engineVerdict(arrival, { ...policies, networkPolicies: [] });
    return own.decision === 'allow' ? [] : [verdict];
  });
}
