import type { Target } from './aws.ts';
import type { Group } from './group.ts';
import type { Endpoint, EndpointSlice, Node, Pod, Service, ServicePort } from './kubernetes.ts';
import { lastPodsAt } from './pod.ts';

/** The Service that the target group serves, if it exists; the owner of a group of type alb is an Ingress. */
export const serviceOf = (group: Group, services: Service[]): Service | undefined =>
  services.find(
    ({ metadata }) =>
      group.targetGroup.targetType !== 'alb' &&
      metadata.namespace === group.owner?.namespace &&
      metadata.name === group.owner?.service,
  );

/** The port of the Service behind this target group: by the owner's word, else by NodePort, else the only one. */
export function servicePortOf(group: Group, service: Service): ServicePort | undefined {
  const { ports } = service.spec;
  const said = group.owner?.servicePort;
  const registered = new Set(group.targets.map(({ port }) => port));
  return (
    ports.find(({ name, port }) => said !== undefined && (name === said || String(port) === said)) ??
    ports.find(({ nodePort }) => nodePort !== undefined && registered.has(nodePort)) ??
    ports.find(({ targetPort }) => typeof targetPort === 'number' && registered.has(targetPort)) ??
    (ports.length === 1 ? ports[0] : undefined)
  );
}

/** The port of the Service at which the target's health check arrives; undefined where it goes past the Service. */
export function checkedPortOf(target: Target, group: Group, service: Service): ServicePort | undefined {
  const { healthCheckPort, port } = target;
  if (healthCheckPort === port) return servicePortOf(group, service);
  const isInstance = group.targetGroup.targetType === 'instance';
  return service.spec.ports.find(
    ({ nodePort, targetPort }) => (isInstance ? nodePort : targetPort) === healthCheckPort,
  );
}

/** The NodePorts of the Service, and its healthCheckNodePort. */
export const nodePortsOf = ({ spec }: Service): number[] =>
  [...spec.ports.map(({ nodePort }) => nodePort), spec.healthCheckNodePort].filter((port) => port !== undefined);

/** Instance targets under `externalTrafficPolicy: Local`; the policy means nothing for ip targets. */
export const isLocal = (group: Group, service: Service): boolean =>
  group.targetGroup.targetType === 'instance' && service.spec.externalTrafficPolicy === 'Local';

/** Endpoints of one Service port, from the slices that carry that port (matched by name, as kube-proxy does). */
export function endpointsOf(service: Service, port: ServicePort | undefined, slices: EndpointSlice[]): Endpoint[] {
  return slices
    .filter(
      ({ metadata }) =>
        metadata.namespace === service.metadata.namespace &&
        metadata.labels['kubernetes.io/service-name'] === service.metadata.name,
    )
    .filter(({ ports }) => port === undefined || ports.some(({ name }) => (name ?? '') === (port.name ?? '')))
    .flatMap(({ endpoints }) => endpoints);
}

/** An absent `ready` counts as ready; a terminating endpoint does not (KK: pkg/proxy/endpointslicecache.go). */
export const isReady = ({ conditions }: Endpoint): boolean =>
  conditions.ready !== false && conditions.terminating !== true;

/** On its way out and still able to answer: kube-proxy sends to it only while no ready endpoint is left (KEP-1669). */
export const isLeaving = ({ conditions }: Endpoint): boolean =>
  conditions.terminating === true && conditions.serving === true;

/** The Node object of an instance target: `spec.providerID` ends in the instance id. */
export const nodeOf = (target: Target, nodes: Node[]): Node | undefined =>
  nodes.find(({ spec }) => spec.providerID?.endsWith(`/${target.id}`));

/** Pods that the Service selects; a Service without selector selects none. */
export function podsOf(service: Service, pods: Pod[]): Pod[] {
  const selector = Object.entries(service.spec.selector);
  if (selector.length === 0) return [];
  return pods.filter(
    ({ metadata }) =>
      metadata.namespace === service.metadata.namespace &&
      selector.every(([key, value]) => metadata.labels[key] === value),
  );
}

/** True for the address of an endpoint or a pod of the Service; that of a pod which has ended counts until another has it. */
export const hasAddress = (
  service: Service,
  address: string,
  { pods, endpointSlices = [] }: { pods: Pod[]; endpointSlices: EndpointSlice[] | undefined },
): boolean =>
  podsOf(service, lastPodsAt(address, pods)).length > 0 ||
  endpointsOf(service, undefined, endpointSlices).some(({ addresses }) => addresses.includes(address));

/** The number behind `targetPort` in this pod: a named port is looked up among the pod's container ports. */
export function targetPortIn(pod: Pod, port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  return pod.spec.containers.flatMap(({ ports }) => ports).find(({ name }) => name === port.targetPort)?.containerPort;
}

/** `namespace/name`. */
export const nameOf = ({ metadata }: { metadata: { namespace?: string; name: string } }): string =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
