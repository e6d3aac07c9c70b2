import { check } from '../../diagnosis/check.ts';
import {
  admittingRule,
  isGuarded,
  networkPolicyVerdict,
  policiesOn,
  policyEngineOf,
} from '../../kubernetes/network-policies.ts';
import type { Arrival } from '../../kubernetes/policies/arrival.ts';
import { engineVerdict } from '../../kubernetes/policies/engine-verdict.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { NetworkPolicy } from '../../model/kubernetes.ts';
import { podArrivalsOf } from '../../network/pod-path.ts';

export const networkpolicyBlocksHealthCheck = check({
  id: 'networkpolicy-blocks-health-check',
  kind: 'fault',
  stage: 'network',
  order: 2,
  severity: 'critical',
  title: 'A NetworkPolicy drops the health check at the pod',
  symptom: 'The pods that a NetworkPolicy selects are unhealthy and give no answer, although they are ready.',
  why: `A pod that an ingress policy selects accepts only connections that some policy admits. The load balancer is not a pod: peers by pod
or namespace label never match it. Only an ipBlock that covers its addresses does, or those of the nodes if a node forwards the check.
The kubelet's probes come from the pod's own node and are always admitted, so the pod stays ready.`,
  proof: `An engine enforces policies in this cluster, policies select the pod, and none of their rules admits TCP to the pod's port from
an address from which the health check comes.`,
  nearMisses: [
    'Without a policy engine NetworkPolicy objects have no effect.',
    'Under externalTrafficPolicy Local kube-proxy answers the check on the node, where policies do not apply.',
    'The port in a policy is the container’s port, not that of the Service.',
    'Policies do not apply to pods in the host network or on Fargate; the VPC CNI does not apply them to pods without an owner and to those on Windows and hybrid nodes either.',
  ],
  decidedBy: 'the engine’s own log of denied connections on the node of the pod',
  fix: [
    {
      text: 'Admit the subnets that the health check comes from ({subnets}) to port {port} of the pods.',
      change: { patch: '{patch}', type: 'json', on: { object: 'networkpolicy {policy}', in: '{namespace}' } },
      danger:
        'If the target group preserves client addresses, clients need another ipBlock: healthy targets do not show that it is missing.',
      disturbs: { nothing: 'the policy admits more, and nothing that it admits now is dropped.' },
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  ],
  masks: [],
  masksEvery: ['dropSymptom'],
  needs: ['networkPolicies', 'services', 'endpointSlices', 'pods', 'nodes', 'networkInterfaces', 'subnets'],
  optional: ['workloads', 'configMaps', 'enginePolicies'],

  run(group, facts) {
    const { workloads, configMaps, networkPolicies, nodes } = facts;
    const engine = workloads && configMaps && policyEngineOf(workloads, configMaps);
    if (workloads !== undefined && configMaps !== undefined && engine === undefined) return undefined;
    const own = engine === undefined || configMaps === undefined ? [] : (facts.enginePolicies ?? []);
    const addresses = new Set(nodes.flatMap(({ status }) => status.addresses.map(({ address }) => address)));
    // A kind of the engine that comes earlier, or only adds, may admit what NetworkPolicies do not.
    const isAdmittedBefore = (arrival: Omit<Arrival, 'isFromNode'>): boolean =>
      engine !== undefined &&
      own.length > 0 &&
      engineVerdict(
        { ...arrival, isFromNode: addresses.has(arrival.address) },
        { engine, enginePolicies: own, networkPolicies, configMaps: configMaps ?? [] },
      ).decision === 'allow';
    const denied = podArrivalsOf(group, facts, { targets: group.failing, protocol: 'TCP' }).flatMap((arrival) => {
      const { pod, port } = arrival;
      if (!isGuarded(pod, engine, nodes)) return [];
      const shut = arrival.sources.flatMap((address) => {
        const packet = { address, port, protocol: 'TCP' as const };
        const { decision, by } = networkPolicyVerdict(pod, packet, networkPolicies);
        return decision === 'deny' && !isAdmittedBefore({ pod, ...packet }) ? [{ address, by }] : [];
      });
      const [policy] = policiesOn(pod, networkPolicies);
      return policy === undefined || shut.length === 0 ? [] : [{ ...arrival, shut, policy }];
    });
    return [...Map.groupBy(denied, ({ target }) => target)].flatMap(([target, arrivals]): Evidence[] => {
      const [first] = arrivals;
      if (first === undefined) return [];
      const { pod, port, policy, shut, subnets, always } = first;
      const others = arrivals.length > 1 ? `, and ${arrivals.length - 1} more pods` : '';
      const addresses = shut.map(({ address }) => address);
      return [
        {
          target,
          saw: `${nameOf(pod)}${others} under ${engine ?? 'an engine that could not be seen'}: ${shut[0]?.by}`,
          expected: `an ipBlock for ${addresses.join(', ')} on port ${port}`,
          confidence: engine === undefined ? 'possible' : always ? 'confirmed' : 'probable',
          values: {
            subnets: subnets.join(', '),
            port,
            policy: policy.metadata.name,
            patch: JSON.stringify([patchOf(policy, admittingRule(subnets, port))]),
          },
        },
      ];
    });
  },
});

/** A JSON patch that adds a rule; an empty list of rules is left out by the API server. */
const patchOf = ({ spec }: NetworkPolicy, rule: object) =>
  spec.ingress.length === 0
    ? { op: 'add', path: '/spec/ingress', value: [rule] }
    : { op: 'add', path: '/spec/ingress/-', value: rule };
