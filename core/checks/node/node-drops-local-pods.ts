import { check } from '../../diagnosis/check.ts';
import { departureOf } from '../../kubernetes/node.ts';
import { endpointsOf, isLocal, isReady, nodeOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { agentOf, pluginOf } from '../../kubernetes/service-proxy.ts';
import { besidePods } from '../../kubernetes/topology.ts';
import type { Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import type { Network } from '../../network/connection-path.ts';
import { checksOf, podProbesFor, probesOf, triedAt } from '../../probes/results.ts';
import { isSilent, type Surroundings, silencesOf } from '../../probes/silent-targets.ts';

export const nodeDropsLocalPods = check({
  id: 'node-drops-local-pods',
  kind: 'fault',
  stage: 'node',
  order: 3,
  severity: 'high',
  title: 'Nodes drop connections to a NodePort for pods of their own',
  symptom:
    'Exactly the nodes that run pods of the Service time out; nodes without one, and the pods themselves, answer.',
  why: `Where Cilium, Calico or another plug-in is chained behind the VPC CNI or replaces kube-proxy, it passes connections from a NodePort to
pods on the same node by another path than to pods elsewhere. If the two disagree about that path, the answers of local pods get lost, and
every node that runs one fails.`,
  proof: `Under externalTrafficPolicy Cluster every probed node with a ready endpoint leaves connections to the NodePort without an answer, all nodes
without one are healthy, the endpoints answer on their own addresses, and another plug-in than the VPC CNI or kube-proxy has a hand in the
traffic. Where every node runs a pod, and all are silent although every rule admits the packets, it is what is left: whether the connections for
their own pods get lost or those for others does not show.`,
  nearMisses: [
    'Nodes without pods fail and those with pods pass, the mirror image: `node-to-node-sg-blocks-pod-port` or `node-drops-remote-pods`.',
    'A node without a pod fails too, or one with a pod is healthy: not this.',
    'The pods are silent on their own addresses: the cause is in the pods or in front of them.',
    'With the VPC CNI and kube-proxy alone no such fault is known.',
  ],
  decidedBy:
    'a connection from a node without a pod to the NodePort of a node with one, and the drops that the plug-in counts meanwhile',
  fix: [
    {
      text: 'Read what the agent of {plugin} on the node drops while a connection is tried.',
      look: { kubectl: 'get pods --all-namespaces --selector k8s-app={agent} --field-selector spec.nodeName={node}' },
    },
    {
      text: 'Let one program forward Services: either the replacement of kube-proxy in full, with the mode that its guide names for chaining with the VPC CNI, or kube-proxy and no replacement.',
      danger: 'This changes how every Service of the cluster is reached: try it on one node first.',
    },
    { text: 'Until then use ip targets, which reach the pods on their own addresses.' },
  ],
  links: [
    'https://docs.cilium.io/en/stable/installation/cni-chaining-aws-cni/',
    'https://github.com/cilium/cilium/issues/10324',
  ],
  masks: [
    'packet-loss-on-node',
    'host-firewall-or-kernel-setting',
    'conntrack-or-ena-allowance-exhausted',
    'nodeport-rules-not-programmed',
    'cni-nodeport-support-disabled',
    'node-multi-eni-asymmetric-path',
    'app-saturated',
    'hc-thresholds-too-tight',
    'hc-timeout-too-short',
  ],
  needs: ['services', 'endpointSlices', 'nodes', 'workloads', 'configMaps', 'probes'],
  optional: ['pods', 'networkInterfaces', 'securityGroups', 'subnets', 'prefixLists', 'networkAcls', 'routeTables'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices, nodes, workloads, configMaps, probes, ...network }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    const plugin = pluginOf(workloads, configMaps);
    if (service === undefined || port?.nodePort === undefined || isLocal(group, service) || plugin === undefined)
      return undefined;
    const ready = endpointsOf(service, port, endpointSlices).filter(isReady);
    const { localTo, busy, idle } = besidePods(group.targets, { nodes, ready });
    const isLosing = (target: Target) =>
      target.healthCheckPort === port.nodePort && triedAt(probes, target).some(({ outcome }) => isSilent(outcome));
    const isLeavingNode = (target: Target): boolean => {
      const node = nodeOf(target, nodes);
      return node !== undefined && departureOf(node, undefined) !== undefined;
    };
    if (idle.every(isLeavingNode)) {
      const facts = { services, endpointSlices, nodes, probes };
      return withoutWitness(group, { ...facts, ...network }, { plugin, nodePort: port.nodePort, busy });
    }
    if (
      idle.some(({ state }) => state !== 'healthy') ||
      !busy.every((each) => each.state !== 'healthy' && isLosing(each))
    )
      return [];
    return busy.flatMap((target) => {
      const own = localTo(target).flatMap(({ addresses }) => addresses);
      const direct = podProbesFor(probes, group.targetGroup.arn).filter(({ request }) => own.includes(request.address));
      if (direct.length === 0 || direct.some(({ outcome }) => outcome.kind !== 'open')) return [];
      const tries = triesOf(target, probes);
      const lost = tries.filter(({ outcome }) => isSilent(outcome)).length;
      const node = nodeOf(target, nodes)?.metadata.name ?? target.id;
      return [
        {
          target,
          saw: `${node} runs ${own.length} of ${ready.length} ready endpoints: ${lost} of ${tries.length} connections to its NodePort ${port.nodePort} got no answer, ${own.join(', ')} answers on its own address, and the ${idle.length} nodes without one are healthy; ${plugin} has a hand in the traffic`,
          expected: 'an answer through the node of a pod as through any other',
          confidence: 'probable' as const,
          values: { node, plugin, agent: agentOf[plugin] },
        },
      ];
    });
  },
});

/** What these masks stand for is seen by itself, and counts for more than what is left by elimination. */
const seenOtherwise = ['packet-loss-on-node', 'conntrack-or-ena-allowance-exhausted', 'cni-nodeport-support-disabled'];

type Around = Pick<Surroundings, 'services' | 'endpointSlices' | 'nodes' | 'probes'> & {
  [Name in 'pods' | 'networkInterfaces' | 'securityGroups' | 'subnets']: Surroundings[Name] | undefined;
} & Omit<Network, 'networkInterfaces' | 'securityGroups' | 'subnets'>;

/** Where every node that stays runs a pod none shows that others are well: all with one are silent, while filters admit the packets and the pods answer. */
function withoutWitness(
  group: TargetGroupContext,
  { pods, networkInterfaces, securityGroups, subnets, ...facts }: Around,
  { plugin, nodePort, busy }: { plugin: keyof typeof agentOf; nodePort: number; busy: Target[] },
): Evidence[] {
  if (!pods || !networkInterfaces || !securityGroups || !subnets || busy.length < 2) return [];
  const silences = silencesOf(group, { ...facts, pods, networkInterfaces, securityGroups, subnets });
  const isSilentHere = (target: Target): boolean =>
    target.healthCheckPort === nodePort && silences.some((each) => each.target === target);
  if (!busy.every(isSilentHere)) return [];
  return silences.map(({ target, node }) => ({
    target,
    saw: `${busy.length} nodes run a pod of the Service, and none of them answers on NodePort ${nodePort}, though every rule admits it and the pods answer on their own addresses; ${plugin} has a hand in the traffic`,
    expected: 'an answer through the node of a pod',
    confidence: 'possible' as const,
    leaves: seenOtherwise,
    values: { node: node?.metadata.name ?? target.id, plugin, agent: agentOf[plugin] },
  }));
}

const triesOf = (target: Target, probes: ProbeResult[]): ProbeResult[] => {
  const again = probesOf(probes, target, 'connect-again');
  return again.length > 0 ? again : checksOf(probes, target);
};
