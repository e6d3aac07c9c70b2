import type { Endpoint, EndpointSlice, Pod, Service } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { secondsSince } from './pod.ts';
import { endpointsOf, isReady, podsOf, servicePortOf } from './service.ts';

/** Seconds that a service proxy may take to learn of an endpoint. */
export const settling = 60;

/** Ready endpoints of the group's Service port whose pods have been ready for longer than a proxy takes to learn of them. */
export function settledEndpoints(
  group: TargetGroupContext,
  service: Service,
  { endpointSlices, pods }: { endpointSlices: EndpointSlice[]; pods: Pod[] },
): Endpoint[] {
  const settled = new Set(
    podsOf(service, pods)
      .filter(({ status }) =>
        status.conditions.some(
          ({ type, status, lastTransitionTime }) =>
            type === 'Ready' && status === 'True' && secondsSince(lastTransitionTime, group.takenAt) > settling,
        ),
      )
      .flatMap(({ status }) => status.podIPs),
  );
  return endpointsOf(service, servicePortOf(group, service), endpointSlices).filter(
    (endpoint) => isReady(endpoint) && endpoint.addresses.some((address) => settled.has(address)),
  );
}
