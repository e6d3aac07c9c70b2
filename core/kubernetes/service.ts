import type { Target } from '../model/aws.ts';
import { derived, indexed, named, under } from '../model/indexed.ts';
import type { Endpoint, EndpointSlice, Node, Pod, Service, ServicePort } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { wireProtocolsOf } from '../network/clients/wire-protocol.ts';
import { carries } from './label-selector.ts';
import { lastPodsAt } from './pod.ts';

/** The Service that the target group serves, if it exists; the owner of a group of type alb is an Ingress. */
export const serviceOf = (group: TargetGroupContext, services: Service[]): Service | undefined =>
  group.targetGroup.targetType === 'alb'
    ? undefined
    : group.memo.once([serviceOf, services], () => named(services, group.owner?.namespace, group.owner?.service));

/**
 * The port of the Service behind this target group: by the owner's word, else by NodePort, else the only one. Of two with one number
 * that of the group's protocol; for TCP and UDP together that of TCP, by which the health check comes.
 */
export const servicePortOf = (group: TargetGroupContext, service: Service): ServicePort | undefined =>
  group.memo.once([servicePortOf, service], () => portServedBy(group, service));

function portServedBy(group: TargetGroupContext, service: Service): ServicePort | undefined {
  const ports = byProtocol(service.spec.ports, group.targetGroup.protocol);
  const named = group.owner?.servicePort;
  const registered = new Set(group.targets.map(({ port }) => port));
  return (
    ports.find(({ name, port }) => named !== undefined && (name === named || String(port) === named)) ??
    ports.find(({ nodePort }) => nodePort !== undefined && registered.has(nodePort)) ??
    ports.find(({ targetPort }) => typeof targetPort === 'number' && registered.has(targetPort)) ??
    (ports.length === 1 ? ports[0] : undefined)
  );
}

/** In their order, those first that speak the protocol of the target group. */
function byProtocol(ports: ServicePort[], protocol: string): ServicePort[] {
  const spoken = wireProtocolsOf(protocol).map((each) => each.toUpperCase());
  const placeOf = (port: ServicePort): number => (spoken.includes(port.protocol) ? spoken.indexOf(port.protocol) : 2);
  return ports.length < 2 ? ports : ports.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The port of the Service at which the target's health check arrives; undefined where it goes past the Service. */
export function checkedPortOf(target: Target, group: TargetGroupContext, service: Service): ServicePort | undefined {
  const { healthCheckPort, port } = target;
  if (healthCheckPort === port) return servicePortOf(group, service);
  const isInstance = group.targetGroup.targetType === 'instance';
  return byProtocol(service.spec.ports, 'TCP').find(
    ({ nodePort, targetPort }) => (isInstance ? nodePort : targetPort) === healthCheckPort,
  );
}

/** The NodePorts of the Service, and its healthCheckNodePort. */
export const nodePortsOf = ({ spec }: Service): number[] =>
  [...spec.ports.map(({ nodePort }) => nodePort), spec.healthCheckNodePort].filter((port) => port !== undefined);

/** Instance targets under `externalTrafficPolicy: Local`; the policy means nothing for ip targets. */
export const isLocal = (group: TargetGroupContext, service: Service): boolean =>
  group.targetGroup.targetType === 'instance' && service.spec.externalTrafficPolicy === 'Local';

/** Endpoints of one Service port, from the slices that carry that port (matched by name, as kube-proxy does). */
export const endpointsOf = (service: Service, port: ServicePort | undefined, slices: EndpointSlice[]): Endpoint[] =>
  derived(slices, [endpointsOf, service, port], () =>
    indexed(
      endpointSlicesOf(service, slices)
        .filter(({ ports }) => port === undefined || ports.some(({ name }) => (name ?? '') === (port.name ?? '')))
        .flatMap(({ endpoints }) => endpoints),
    ),
  );

/** The slices of one Service, whatever ports they carry. */
export const endpointSlicesOf = ({ metadata }: Service, slices: EndpointSlice[]): EndpointSlice[] =>
  under(slices, servedBy, `${metadata.namespace}/${metadata.name}`);

const servedBy = ({ metadata }: EndpointSlice): string[] => [
  `${metadata.namespace}/${metadata.labels['kubernetes.io/service-name']}`,
];

/** An absent `ready` counts as ready; a terminating endpoint does not (KK: pkg/proxy/endpointslicecache.go). */
export const isReady = ({ conditions }: Endpoint): boolean =>
  conditions.ready !== false && conditions.terminating !== true;

/** On its way out and still able to answer: kube-proxy sends to it only while no ready endpoint is left (KEP-1669). */
export const isLeaving = ({ conditions }: Endpoint): boolean =>
  conditions.terminating === true && conditions.serving === true;

/** The Node object of an instance target: `spec.providerID` ends in the instance id. */
export const nodeOf = (target: Target, nodes: Node[]): Node | undefined => under(nodes, instancesOf, target.id)[0];

/** What follows the last slash. */
function instancesOf({ spec: { providerID = '' } }: Node): string[] {
  const slash = providerID.lastIndexOf('/');
  return slash < 0 ? [] : [providerID.slice(slash + 1)];
}

/** Pods that the Service selects; a Service without selector selects none. */
export const podsOf = (service: Service, pods: Pod[]): Pod[] =>
  derived(pods, [podsOf, service], () => {
    const { namespace } = service.metadata;
    const candidates = Object.entries(service.spec.selector).map(
      ([key, value]) => podsLabelled(key, pods).get(`${namespace} ${value}`) ?? [],
    );
    const fewest = candidates.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return indexed(fewest.filter((pod) => isSelectedBy(service, pod)));
  });

/** Pods with this label, by namespace and value: only for the labels that Services select by. */
const podsLabelled = (key: string, pods: Pod[]): Map<string, Pod[]> =>
  derived(pods, [podsLabelled, key], () =>
    Map.groupBy(
      pods.filter(({ metadata: { labels } }) => Object.hasOwn(labels, key)),
      ({ metadata: { namespace, labels } }) => `${namespace} ${labels[key]}`,
    ),
  );

/** True for a pod of the Service's namespace that carries every label of its selector; a Service without selector selects none. */
export const isSelectedBy = ({ metadata: { namespace }, spec: { selector } }: Service, { metadata }: Pod): boolean =>
  metadata.namespace === namespace && Object.keys(selector).length > 0 && carries(selector, metadata.labels);

/** True for the address of an endpoint or a pod of the Service; that of a pod which has ended counts until another has it. */
export const hasAddress = (
  service: Service,
  address: string,
  { pods, endpointSlices = [] }: { pods: Pod[]; endpointSlices: EndpointSlice[] | undefined },
): boolean =>
  podsOf(service, lastPodsAt(address, pods)).length > 0 ||
  under(endpointsOf(service, undefined, endpointSlices), addressesOf, address).length > 0;

const addressesOf = ({ addresses }: Endpoint): string[] => addresses;

/** The number behind `targetPort` in this pod: a named port is looked up among the pod's container ports. */
export function targetPortIn(pod: Pod, port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  return pod.spec.containers.flatMap(({ ports }) => ports).find(({ name }) => name === port.targetPort)?.containerPort;
}

/** `namespace/name`. */
export const nameOf = ({ metadata }: { metadata: { namespace?: string; name: string } }): string =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
