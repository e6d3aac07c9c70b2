import { check } from '../../diagnosis/check.ts';
import { podsAt } from '../../kubernetes/pod.ts';
import {
  endpointsOf,
  isLeaving,
  isLocal,
  isReady,
  nodeOf,
  podsOf,
  serviceOf,
  servicePortOf,
} from '../../kubernetes/service.ts';
import type { Endpoint, Pod } from '../../model/kubernetes.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';

export const etpLocalOnlyTerminatingEndpoints = check({
  id: 'etp-local-only-terminating-endpoints',
  kind: 'expected',
  stage: 'traffic-policy',
  severity: 'info',
  leaving: true,
  title: 'The last pod of the Service on the node is terminating, so the node drains',
  symptom: 'A node turns unhealthy during a rollout or a drain while its last pod still finishes its connections.',
  why: `Under externalTrafficPolicy Local kube-proxy answers the health check with 503 as soon as the only endpoints of its node are
terminating, while it still sends traffic to them. The load balancer removes the node before the pod is gone, as intended.`,
  proof: `The Service has the policy Local, the node has no ready endpoint but one that is terminating and still serves, and the pod's grace
period, plus the time that the load balancer takes to notice, is not over.`,
  nearMisses: [
    'A node without any pod of the Service is `etp-local-no-local-pod`.',
    'A pod that terminates for longer than its grace period is stuck: a finalizer, or a node that is lost.',
  ],
  decidedBy:
    "kube-proxy's answer on the health check node port, and whether the pod is gone when its grace period is over",
  fix: [
    {
      text: 'Nothing to fix. A preStop pause that is longer than the unhealthy threshold lets the load balancer notice in time.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
    'https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-to-terminating-endpoints',
  ],
  masks: [],
  needs: ['services', 'endpointSlices', 'nodes', 'pods'],
  optional: ['probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices, nodes, pods, probes }) {
    const service = serviceOf(group, services);
    if (service === undefined || !isLocal(group, service)) return undefined;
    const endpoints = endpointsOf(service, servicePortOf(group, service), endpointSlices);
    const behind = podsOf(service, pods).filter(({ metadata }) => metadata.deletionTimestamp !== undefined);
    const { unhealthyThreshold, healthyThreshold, intervalSeconds } = group.targetGroup.healthCheck;
    const window = Math.max(unhealthyThreshold, healthyThreshold) * intervalSeconds;
    return group.failing.flatMap((target) => {
      const node = nodeOf(target, nodes)?.metadata.name;
      const here = endpoints.filter(({ nodeName }) => nodeName === node);
      const leaving = here.filter(isLeaving).flatMap((endpoint) => podOf(endpoint, behind) ?? []);
      if (node === undefined || here.some(isReady) || leaving.length === 0) return [];
      const ends = leaving.map(({ metadata }) => Date.parse(metadata.deletionTimestamp ?? ''));
      const rest = Math.round((Math.max(...ends) - Date.parse(group.takenAt)) / 1000);
      if (rest < -window) return [];
      const answer = probeOf(probes ?? [], target, 'kube-proxy')?.outcome;
      return [
        {
          target,
          saw: `on ${node} only ${leaving.map(({ metadata }) => metadata.name).join(', ')} is left, terminating with ${Math.max(rest, 0)} s of its grace period left${answer === undefined ? '' : `; kube-proxy: ${formatOutcome(answer)}`}`,
          expected: 'unhealthy until the pod is gone, or another one is ready on this node',
          confidence: answer?.kind === 'http' && answer.status === 503 ? ('confirmed' as const) : ('probable' as const),
        },
      ];
    });
  },
});

const podOf = ({ addresses }: Endpoint, pods: Pod[]): Pod | undefined =>
  addresses.flatMap((address) => podsAt(address, pods)).at(0);
