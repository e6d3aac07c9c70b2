import { conditionOf, isPodReady, isServing, lastPodsAt, podsAt, podsOn } from '../kubernetes/pod.ts';
import { endpointsOf, isLocal, isReady, nodeOf, podsOf, serviceOf, servicePortOf } from '../kubernetes/service.ts';
import type { Target } from '../model/aws.ts';
import { indexed, isAmong, under } from '../model/indexed.ts';
import type { Endpoint, EndpointSlice, Node, Pod, Service } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';

/** Seconds that a started pod and its target may take, beside the healthy threshold (LBC#1834: three to five minutes are normal). */
export const startSeconds = 300;

/** Seconds from the start of a pod within which its target has become healthy, if nothing is wrong. */
export const secondsToSettle = ({ targetGroup: { healthCheck } }: TargetGroupContext): number =>
  startSeconds + healthCheck.healthyThreshold * healthCheck.intervalSeconds;

/** A pod that leaves a target, or without `target` the whole group, with nothing ready behind it. */
export interface Affected {
  target?: Target;
  pod: Pod;
  service: Service;
}

interface Cluster {
  services: Service[];
  pods: Pod[];
  endpointSlices: EndpointSlice[];
  nodes: Node[];
}

/**
 * Which targets of the group suffer from the pods that `isBad` picks. An ip target suffers from its own pod. Behind
 * instance targets any ready endpoint carries the node, so only a Service without one suffers; under Local a node
 * suffers alone when every pod of the Service on it is out (KK: pkg/proxy/service.go, "externalTrafficPolicy").
 */
export const affectedBy = (group: TargetGroupContext, cluster: Cluster, isBad: (pod: Pod) => boolean): Affected[] =>
  targetsBehindPods(group, cluster, (pod) => isServing(pod) && isBad(pod));

/** The same for pods that have ended and would serve, had they not. */
export const affectedByEnded = (
  group: TargetGroupContext,
  cluster: Cluster,
  isBad: (pod: Pod) => boolean,
): Affected[] => targetsBehindPods(group, cluster, (pod) => !isServing(pod) && isBad(pod));

function targetsBehindPods(group: TargetGroupContext, cluster: Cluster, isBad: (pod: Pod) => boolean): Affected[] {
  const service = serviceOf(group, cluster.services);
  if (service === undefined) return [];
  const pods = podsOf(service, cluster.pods);
  const unsteady = group.memo.once([unsteadyPods, pods], () => unsteadyPods(pods, group));
  const found = unsteady.filter(isBad);
  if (found.length === 0) return [];
  const bad = indexed(found);
  const ready = group.memo.once([targetsBehindPods, service, pods, cluster.endpointSlices], () =>
    readyEndpoints(endpointsOf(service, servicePortOf(group, service), cluster.endpointSlices), service, pods),
  );

  // A bad pod that is ready all the same has no part in it when the endpoints are missing.
  if (ready.length === 0) return bad.filter((pod) => !isPodReady(pod)).map((pod) => ({ pod, service }));
  if (group.targetGroup.targetType === 'ip') {
    return group.nonHealthy.flatMap((target) =>
      lastPodsAt(target.id, pods)
        .filter((pod) => isAmong(pod, bad))
        .map((pod) => ({ target, pod, service })),
    );
  }
  if (!isLocal(group, service)) return [];
  return group.failing.flatMap((target) => {
    const node = nodeOf(target, cluster.nodes)?.metadata.name;
    if (node === undefined || under(ready, nodeOfEndpoint, node).length > 0) return [];
    return podsOn(node, bad).map((pod) => ({ target, pod, service }));
  });
}

const nodeOfEndpoint = ({ nodeName }: Endpoint) => [nodeName];

/** All but those that have been ready for so long that their targets would be healthy, if the pods were to blame. */
function unsteadyPods(pods: Pod[], group: TargetGroupContext): Pod[] {
  const settled = Date.parse(group.takenAt) - secondsToSettle(group) * 1000;
  const isSteady = (time: string | undefined): boolean => time === undefined || Date.parse(time) < settled;
  return pods.filter((pod) => !isPodReady(pod) || !isSteady(conditionOf(pod, 'Ready')?.lastTransitionTime));
}

/** Endpoints that carry connections, as far as their pods show. */
function readyEndpoints(endpoints: Endpoint[], { spec }: Service, pods: Pod[]): Endpoint[] {
  const published = spec.publishNotReadyAddresses === true;
  return indexed(
    endpoints.filter((endpoint) => isReady(endpoint) && !(published && isKnownUnready(endpoint.addresses, pods))),
  );
}

/** `publishNotReadyAddresses` makes an endpoint ready whatever its pod is. */
const isKnownUnready = (addresses: string[], pods: Pod[]): boolean =>
  addresses.some((address) => podsAt(address, pods).some((pod) => !isPodReady(pod)));

/**
 * Which failing targets meet only ready pods that `isDeaf` picks: readiness says nothing of what is wrong with them.
 * `undefined` for a pod that was not asked: of many only some are. kube-proxy's own answer on the healthCheckNodePort does not come from a pod.
 */
export function targetsServedOnlyBy(
  group: TargetGroupContext,
  { services, pods, nodes }: Omit<Cluster, 'endpointSlices'>,
  isDeaf: (pod: Pod) => boolean | undefined,
): Affected[] {
  const service = serviceOf(group, services);
  if (service === undefined) return [];
  const ready = podsOf(service, pods).filter(isPodReady);
  const found = ready.filter(isDeaf);
  if (found.length === 0) return [];
  const deaf = indexed(found);
  if (group.targetGroup.targetType === 'ip') {
    return group.failing.flatMap((target) => podsAt(target.id, deaf).map((pod) => ({ target, pod, service })));
  }
  if (isLocal(group, service)) {
    return group.failing.flatMap((target) => {
      if (target.healthCheckPort === service.spec.healthCheckNodePort) return [];
      const node = nodeOf(target, nodes)?.metadata.name;
      return podsOn(node, deaf).map((pod) => ({ target, pod, service }));
    });
  }
  return ready.some((pod) => isDeaf(pod) === false) ? [] : deaf.map((pod) => ({ pod, service }));
}
