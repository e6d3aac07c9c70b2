import { check } from '../../diagnosis/check.ts';
import { kubeProxyHealth } from '../../kubernetes/kube-proxy.ts';
import { isLocal, nodeOf, serviceOf } from '../../kubernetes/service.ts';
import { type Replacement, servesHealthChecks, serviceProxyOn } from '../../kubernetes/service-proxy.ts';
import { settledEndpoints, settling } from '../../kubernetes/settled-endpoints.ts';
import type { Endpoint, Node } from '../../model/kubernetes.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import { probeOf } from '../../probes/results.ts';

export const healthPortUnserved = check({
  id: 'health-port-unserved',
  kind: 'fault',
  stage: 'traffic-policy',
  order: 1,
  severity: 'critical',
  title: 'The replacement of kube-proxy does not serve the healthCheckNodePort as it should',
  symptom: 'Under externalTrafficPolicy Local nodes fail, those with ready pods too, in a cluster without kube-proxy.',
  why: `Under the policy Local the health check goes to a port that the service proxy of the node has to answer: 200 where a ready pod
of the Service runs there. kube-proxy does so. kube-router opens no such port, and the health server of other replacements is known
to stop or to keep an old count sometimes.`,
  proof: `The policy is Local, the health check goes to the healthCheckNodePort, and Cilium, Calico, Antrea or kube-router serves the node
instead of kube-proxy, or no known proxy does. The node has had a ready endpoint for more than ${settling} seconds, and the port refuses connections or
answers 503 with localEndpoints 0.`,
  nearMisses: [
    'With kube-proxy the same answers are `kube-proxy-node-name-mismatch` or `healthchecknodeport-not-listening`.',
    'A node without a ready pod answers 503, as it should.',
    'Cilium with its health server off is `proxy-replacement-conflict`.',
  ],
  decidedBy: 'what listens on the port of the node, and the log of the network plug-in there',
  fix: [
    {
      text: 'Restart the agent of the network plug-in on the node, and read its log lines about the Service.',
      look: { kubectl: 'get pods --all-namespaces --selector k8s-app={agent} --field-selector spec.nodeName={node}' },
      when: 'agent',
    },
    {
      text: 'Or send the health check to the traffic port, which does not depend on that server. Nodes without a pod then drop connections: run the pods on every node.',
      change: { healthCheck: { protocol: 'TCP', port: 'traffic-port' } },
      danger: 'Under the policy Local a node without a pod may pass this check and drop the traffic.',
    },
    {
      text: 'Or use externalTrafficPolicy Cluster, where every node forwards.',
      change: { patch: { spec: { externalTrafficPolicy: 'Cluster' } } },
      disturbs: 'Pods of this Service no longer see the addresses of clients, and every node serves it.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip',
    'https://github.com/projectcalico/calico/issues/8112',
  ],
  masks: ['app-error-status', 'hc-path-wrong-status', 'hc-success-codes-mismatch'],
  needs: ['services', 'endpointSlices', 'nodes', 'pods', 'workloads', 'configMaps', 'probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { workloads, configMaps, ...facts }) {
    const service = serviceOf(group, facts.services);
    const port = service?.spec.healthCheckNodePort;
    if (service === undefined || port === undefined || !isLocal(group, service)) return undefined;
    const proxyOf = (node: Node) => serviceProxyOn(node, { workloads, configMaps, pods: facts.pods });
    if (facts.nodes.every((node) => proxyOf(node) === 'kube-proxy')) return undefined;
    const ready = settledEndpoints(group, service, facts);

    return group.failing.flatMap((target) => {
      const node = nodeOf(target, facts.nodes);
      const probe = probeOf(facts.probes, target, 'kube-proxy');
      if (node === undefined || probe === undefined || target.healthCheckPort !== port) return [];
      const proxy = proxyOf(node);
      const local = localTo(node, ready);
      const failure = failureOf(probe);
      if (proxy === 'kube-proxy' || local === 0 || failure === undefined) return [];
      const neverServes = proxy !== undefined && !servesHealthChecks(proxy);
      return [
        {
          target,
          saw: `${node.metadata.name} has ${local} ready endpoint${local > 1 ? 's' : ''}, port ${port} ${failure}; ${proxy === undefined ? 'no service proxy was found in the cluster' : `${proxy} replaces kube-proxy${neverServes ? ' and serves no healthCheckNodePort' : ''}`}`,
          expected: 'HTTP 200 on the healthCheckNodePort of a node with a ready endpoint',
          confidence: neverServes || failure !== refusal ? ('confirmed' as const) : ('probable' as const),
          values: { node: node.metadata.name, ...(proxy && { agent: agents[proxy] }) },
        },
      ];
    });
  },
});

const localTo = ({ metadata }: Node, ready: Endpoint[]): number =>
  ready.filter(({ nodeName }) => nodeName === metadata.name).length;

const refusal = 'refuses connections';

function failureOf(probe: ProbeResult): string | undefined {
  if (probe.outcome.kind === 'refused') return refusal;
  const answer = kubeProxyHealth(probe);
  return answer?.status === 503 && answer.localEndpoints === 0 ? 'answers HTTP 503 with localEndpoints 0' : undefined;
}

/** The label `k8s-app` of each one's agents, by their manifests; Antrea labels with `component`. */
const agents: Record<Replacement, string> = {
  Cilium: 'cilium',
  Calico: 'calico-node',
  Antrea: 'antrea-agent',
  'kube-router': 'kube-router',
};
