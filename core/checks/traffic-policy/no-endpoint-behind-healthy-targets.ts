import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { scaledToZeroBy } from '../../kubernetes/autoscaling.ts';
import { isPodReady, secondsSince } from '../../kubernetes/pod.ts';
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
import { settling } from '../../kubernetes/settled-endpoints.ts';
import { workloadsBehind } from '../../kubernetes/workload.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Pod } from '../../model/kubernetes.ts';

export const noEndpointBehindHealthyTargets = check({
  id: 'no-endpoint-behind-healthy-targets',
  kind: 'clients',
  stage: 'traffic-policy',
  severity: 'critical',
  title: 'The health check passes on nodes that have no ready pod to send clients to',
  symptom: 'Every node is healthy, and clients are refused or time out, all of them or those on some nodes.',
  why: `A health check of port 10256 asks whether kube-proxy of a node works, and one of another port whether something else listens there.
Neither sees whether the Service has a ready endpoint. Without one kube-proxy refuses connections to the NodePort; under
externalTrafficPolicy Local it drops them on every node without a local endpoint.`,
  proof: `Targets are instances, their health check goes neither to the NodePort of the Service nor to its healthCheckNodePort, and they are healthy.
The Service has no endpoint that is ready or still serves; under the policy Local none on the node of the target.`,
  nearMisses: [
    'A health check of the NodePort itself fails without an endpoint: the targets are unhealthy, and the cause is another.',
    'A node with endpoints behind it that refuses the port: `traffic-port-refused`.',
    'A TCP check of the healthCheckNodePort under Local: `hc-tcp-override-under-local`.',
    'Endpoints that terminate and still serve take connections while there are no others.',
    'A scaler that reports that it scaled to zero has done so on purpose: at risk, no alarm. A pod that is new or just turned unready, too.',
  ],
  decidedBy: 'a connection to the NodePort of the node, and the EndpointSlices of the Service a minute later',
  fix: [
    {
      text: 'See why no pod is ready.',
      look: { kubectl: 'get endpointslices --selector kubernetes.io/service-name={service}', in: '{namespace}' },
    },
    {
      text: 'Let the health check go to the NodePort, or to the healthCheckNodePort under Local, so that it sees the pods: remove the annotation that sets its port.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-healthcheck-port': null } },
      disturbs: 'The targets become unhealthy until pods are ready; connections stay.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/reference/networking/virtual-ips/',
    'https://kubernetes.io/docs/tutorials/services/source-ip/',
  ],
  masks: ['traffic-port-refused', 'traffic-port-silent'],
  needs: ['listeners', 'services', 'endpointSlices', 'nodes'],
  optional: ['pods', 'workloads', 'events'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, { services, endpointSlices, nodes, pods = [], workloads = [], events = [] }) {
    const service = serviceOf(group, services);
    if (service === undefined || listenersInUse(group).length === 0) return undefined;
    const own = isLocal(group, service) ? service.spec.healthCheckNodePort : undefined;
    const unaware = group.targets.filter(
      ({ state, port, healthCheckPort }) => state === 'healthy' && healthCheckPort !== port && healthCheckPort !== own,
    );
    if (unaware.length === 0) return undefined;
    const endpoints = endpointsOf(service, servicePortOf(group, service), endpointSlices);
    const serving = endpoints.filter((endpoint) => isReady(endpoint) || isLeaving(endpoint));
    const selected = podsOf(service, pods);
    const behind = workloadsBehind(service, workloads);
    const [scaler] = behind.flatMap((each) => (each.spec.replicas === 0 ? (scaledToZeroBy(each, events) ?? []) : []));
    const isPassing = scaler !== undefined || selected.some((pod) => isRecent(pod, group.takenAt));
    const confidence = isPassing ? ('probable' as const) : ('confirmed' as const);
    const check = `the health check of port ${unaware[0]?.healthCheckPort} passes`;
    if (serving.length === 0) {
      const count = endpoints.length === 0 ? 'no endpoint' : `${endpoints.length} endpoints, none of them ready`;
      const saw = `Service ${service.metadata.name} has ${count}${scaler === undefined ? '' : ` (${scaler})`}; ${check} on ${unaware.length} node${unaware.length === 1 ? '' : 's'}`;
      return [{ saw, expected: 'a ready endpoint behind a healthy target', confidence }];
    }
    if (!isLocal(group, service)) return [];
    const used = new Set(serving.map(({ nodeName }) => nodeName));
    return unaware.flatMap((target): Evidence[] => {
      const node = nodeOf(target, nodes)?.metadata.name;
      if (node === undefined || used.has(node)) return [];
      const saw = `no ready endpoint on ${node}, which drops clients under externalTrafficPolicy Local; ${check}`;
      return [{ target, saw, expected: 'a ready endpoint on every healthy node', confidence }];
    });
  },
});

/** Seconds in which a new pod may become ready. */
const startSeconds = 300;

/** A pod that is new, or that turned unready just now, may serve again in a moment. */
const isRecent = (pod: Pod, now: string): boolean =>
  !isPodReady(pod) &&
  (secondsSince(pod.metadata.creationTimestamp, now) <= startSeconds ||
    pod.status.conditions.some(
      ({ type, lastTransitionTime }) => type === 'Ready' && secondsSince(lastTransitionTime, now) <= settling,
    ));
