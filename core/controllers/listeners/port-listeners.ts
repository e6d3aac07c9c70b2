import { endpointSlicesOf } from '../../kubernetes/service.ts';
import type { Listener, LoadBalancer, TargetGroup } from '../../model/aws.ts';
import { derived, named, under } from '../../model/indexed.ts';
import type { EndpointSlice, Service, ServicePort } from '../../model/kubernetes.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { wireProtocolsOf } from '../../network/clients/wire-protocol.ts';
import { gatewayOfTags, readTags } from '../tags.ts';

/** What there is to show where listeners lead; without EndpointSlices one is believed to lead where its number says. */
export type ListenersAround = Pick<Slices, 'services' | 'listeners' | 'targetGroups'> & {
  endpointSlices?: EndpointSlice[] | undefined;
};

/** A port, and the Service that has it. */
interface Backend {
  service: Service;
  port: ServicePort;
}

/** The load balancer to which the status of the Service sends clients: that of the target group, where it names several. */
export function namedBalancer(
  { status }: Service,
  { loadBalancer }: Pick<TargetGroupContext, 'loadBalancer'>,
  loadBalancers: LoadBalancer[],
): LoadBalancer | undefined {
  const names = status.loadBalancer.flatMap(({ hostname }) => hostname?.toLowerCase() ?? []);
  const isNamed = (each: LoadBalancer): boolean => names.includes(each.dnsName.toLowerCase());
  return loadBalancer !== undefined && isNamed(loadBalancer) ? loadBalancer : loadBalancers.find(isNamed);
}

/** The listeners of a load balancer. */
export const listenersAt = ({ arn }: LoadBalancer, listeners: Listener[]): Listener[] =>
  under(listeners, balancerOf, arn);

const balancerOf = ({ loadBalancerArn }: Listener): string[] => [loadBalancerArn];

/** The listener by which clients of the port come, by number; one for TLS or QUIC serves a port of TCP or UDP. */
export const listenerOf = ({ port, protocol }: ServicePort, listeners: Listener[]): Listener | undefined =>
  listeners.find(
    (each) => each.port === port && wireProtocolsOf(each.protocol).some((wire) => wire.toUpperCase() === protocol),
  );

/**
 * What a listener serves instead of the port: each target group to which it sends clients is by its controller's tags for another port, or for
 * another Service, with other endpoints. Empty where one of them may serve the port: without such tags a person made it, perhaps to replace
 * the controller's.
 */
export function servedInstead(
  { forwards }: Listener,
  own: Backend & { cluster: string | undefined },
  { services, targetGroups, endpointSlices = [] }: ListenersAround,
): ServedInstead[] {
  const chosen = forwards.filter(({ weight = 1 }) => weight > 0);
  const others = chosen.flatMap(({ targetGroupArn }): ServedInstead[] => {
    const [targetGroup] = under(targetGroups, arnOf, targetGroupArn);
    const backend = targetGroup && madeFor(targetGroup, own.cluster, services);
    return backend && areApart(own, backend, endpointSlices) ? [{ targetGroup, ...backend }] : [];
  });
  return others.length < chosen.length ? [] : others;
}

/** A target group, and the port for which it was made. */
export interface ServedInstead extends Backend {
  targetGroup: TargetGroup;
}

/** Both have endpoints, and none in common. */
function areApart(one: Backend, other: Backend, slices: EndpointSlice[]): boolean {
  const [own, others] = [addressesOf(one, slices), addressesOf(other, slices)];
  return own.size > 0 && others.size > 0 && own.isDisjointFrom(others);
}

/** Address and port of each endpoint, ready or not. */
const addressesOf = ({ service, port }: Backend, slices: EndpointSlice[]): Set<string> =>
  derived(slices, [addressesOf, service, port], () => {
    const numbers = endpointSlicesOf(service, slices).flatMap(({ ports, endpoints }) =>
      ports
        .filter(({ name }) => (name ?? '') === (port.name ?? ''))
        .flatMap((each) => endpoints.flatMap(({ addresses }) => addresses.map((address) => `${address} ${each.port}`))),
    );
    return new Set(numbers);
  });

/** The port of this cluster for which a controller made the target group: by its tags, and for cloud-provider-aws by NodePort. */
export function madeFor(
  { tags, port: number, targetType }: TargetGroup,
  cluster: string | undefined,
  services: Service[],
): Backend | undefined {
  const tagged = readTags(tags);
  if (tagged?.cluster !== cluster || targetType === 'alb' || gatewayOfTags(tags) !== undefined) return undefined;
  const service = named(services, tagged?.namespace, tagged?.service);
  const port = service?.spec.ports.find((each) =>
    tagged?.servicePort === undefined ? each.nodePort === number : String(each.port) === tagged.servicePort,
  );
  return service && port && { service, port };
}

const arnOf = ({ arn }: TargetGroup): string[] => [arn];
