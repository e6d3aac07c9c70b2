import { check } from '../../diagnosis/check.ts';
import { isServing } from '../../kubernetes/pod.ts';
import {
  endpointsOf,
  isLeaving,
  isLocal,
  isReady,
  nodeOf,
  nodePortsOf,
  podsOf,
  serviceOf,
  servicePortOf,
} from '../../kubernetes/service.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';

export const etpLocalNoLocalPod = check({
  id: 'etp-local-no-local-pod',
  kind: 'expected',
  stage: 'traffic-policy',
  severity: 'info',
  steadyState: true,
  title: 'The node runs no pod of the Service, so under externalTrafficPolicy Local it is meant to be unhealthy',
  symptom: 'Some nodes are unhealthy: exactly those on which no ready pod of the Service runs.',
  why: `With the policy Local a node forwards traffic only to its own pods. kube-proxy answers the health check with 503 on all other
nodes, so that the load balancer skips them. This is how the policy preserves the client address.`,
  proof: `The Service has the policy Local, the targets are instances, other nodes have ready endpoints, and no pod of the
Service runs on this node. The health check goes to the healthCheckNodePort or a NodePort of the Service, and kube-proxy does not answer 200.`,
  nearMisses: [
    'A node whose pod is there but not ready has a fault of the pod.',
    'If ready pods run only on nodes that are not registered or draining, no target can serve: `local-pods-on-leaving-nodes`, or the selection of nodes is wrong.',
    'A node whose last pod is terminating is `etp-local-only-terminating-endpoints`.',
    'A node with a ready pod that still fails may be `kube-proxy-node-name-mismatch`.',
    'A health check of any other port of the node, which annotations may set, does not depend on the policy.',
  ],
  decidedBy: "kube-proxy's own answer on the health check node port",
  fix: [
    { text: 'Nothing to fix. To make every node serve, run the pods as a DaemonSet, spread them, or use ip targets.' },
  ],
  links: [
    'https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip',
  ],
  masks: [],
  needs: ['services', 'endpointSlices', 'nodes', 'pods'],
  optional: ['probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices, nodes, pods, probes }) {
    const service = serviceOf(group, services);
    if (service === undefined || !isLocal(group, service)) return undefined;
    const endpoints = endpointsOf(service, servicePortOf(group, service), endpointSlices);
    const ready = endpoints.filter(isReady);
    const registered = group.targets
      .filter(({ state }) => state !== 'draining')
      .map((target) => nodeOf(target, nodes)?.metadata.name);
    const serving = ready.filter(({ nodeName }) => registered.includes(nodeName));
    if (serving.length === 0) return [];
    const stranded = ready.length - serving.length;
    const placed = podsOf(service, pods).filter(isServing);
    const reachable = [...ready, ...endpoints.filter(isLeaving)].map(({ nodeName }) => nodeName);
    const busy = new Set([...reachable, ...placed.map(({ spec }) => spec.nodeName)]);
    const governed = nodePortsOf(service);
    return group.failing.flatMap((target) => {
      const node = nodeOf(target, nodes)?.metadata.name;
      if (node === undefined || busy.has(node) || !governed.includes(target.healthCheckPort)) return [];
      const answer = probeOf(probes ?? [], target, 'kube-proxy')?.outcome;
      if (answer?.kind === 'http' && answer.status === 200) return [];
      return [
        {
          target,
          saw: `no pod of ${service.metadata.name} on ${node}; ${serving.length} ready on other targets${stranded > 0 ? `, ${stranded} on nodes that are not registered` : ''}${answer === undefined ? '' : `; kube-proxy: ${formatOutcome(answer)}`}`,
          expected: 'unhealthy, as the policy intends',
          confidence: answer?.kind === 'http' && answer.status === 503 ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });
  },
});
