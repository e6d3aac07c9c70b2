import { listenersInUse } from '../../controllers/client-path.ts';
import { controllerOf } from '../../controllers/controller.ts';
import { readTags } from '../../controllers/tags.ts';
import { check } from '../../diagnosis/check.ts';
import { secondsSince } from '../../kubernetes/pod.ts';
import { serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Listener } from '../../model/aws.ts';
import { under } from '../../model/indexed.ts';
import type { Service, ServicePort } from '../../model/kubernetes.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { wireProtocolsOf } from '../../network/clients/wire-protocol.ts';

/** Seconds in which a controller makes the listeners of a new Service. */
const firstSeconds = 300;

export const servicePortWithoutListener = check({
  id: 'service-port-without-listener',
  kind: 'clients',
  beforeTargets: true,
  stage: 'registration',
  severity: 'critical',
  title: 'A port of the Service has no listener at its load balancer',
  symptom: 'Every target is healthy, and clients cannot connect to the port that the Service names.',
  why: `Clients connect to the host name in the status of the Service, at a port of the Service; its controller makes a listener for each. A
listener that was deleted or moved to another port by hand stays so until the controller reconciles the Service again, and the
targets behind it stay healthy as long as any listener forwards to them.`,
  proof: `The status of the Service names this load balancer, a controller makes load balancers for the Service, and no listener of it has the number of the
port: that of the target group, whose listeners have other numbers, or another one that has no target group either. It is confirmed
unless somebody wrote the Service less than ${firstSeconds / 60} minutes ago.`,
  nearMisses: [
    'A load balancer that is not made for the Service may have any ports: its TargetGroupBinding says nothing about listeners.',
    'A Service made minutes ago gets its listeners still.',
    'No listener forwards to the target group at all: `target-group-not-attached`.',
    'Another port of the Service lacks a listener, and has a target group: that one shows it. Where it has none, the clients of that port alone are stopped.',
    'A Service that was written minutes ago, perhaps with other ports: at risk.',
  ],
  decidedBy: 'the listeners of the load balancer, and the ports of the Service',
  fix: [
    {
      text: 'See which ports the Service has and what its controller last reported about it.',
      look: { kubectl: 'describe service {service}', in: '{namespace}' },
    },
    {
      text: 'Let the controller reconcile the Service: it makes the listeners that are missing, and removes those that the Service does not name.',
      change: { wake: 'service' },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html'],
  masks: [],
  needs: ['services', 'loadBalancers', 'listeners', 'targetGroups'],
  optional: ['workloads', 'lostBackends'],
  applies: ({ loadBalancer, targetGroup }) => loadBalancer !== undefined && targetGroup.targetType !== 'alb',

  run(group, { services, listeners, targetGroups, lostBackends = [], workloads }) {
    const service = serviceOf(group, services);
    const inUse = listenersInUse(group);
    if (service === undefined || inUse.length === 0 || !isMadeFor(service, group)) return undefined;
    if (workloads === undefined || controllerOf(service, workloads) === 'none') return undefined;
    const readAt = group.loadBalancer?.listenersAt ?? group.takenAt;
    if (secondsSince(service.metadata.creationTimestamp, readAt) < firstSeconds) return [];
    // Its ports may be what was written, and the controller about to follow, or has since the listeners were read.
    const isWritten = secondsSince(service.metadata.writes?.[0]?.at, readAt) < firstSeconds;
    const own = under(listeners, balancerOf, group.loadBalancer?.arn);
    const served = servicePortOf(group, service);
    const missing = service.spec.ports.filter((port) => !own.some((listener) => isFor(port, listener)));
    const mine = missing.filter((port) => port === served);
    const others = missing.filter((port) => !hasGroup(port, group, { targetGroups, lostBackends }));
    return (mine.length > 0 ? mine : others).map((port) => ({
      saw: `port ${port.port} of the Service: no listener of ${group.loadBalancer?.name} has it; there ${own.length === 1 ? 'is' : 'are'} ${formatListeners(own)}`,
      expected: `a listener on ${port.protocol} ${port.port}`,
      confidence: isWritten ? ('probable' as const) : ('confirmed' as const),
      ...(port !== served && { someClients: true }),
      values: { port: port.port },
    }));
  },
});

const balancerOf = ({ loadBalancerArn }: Listener): string[] => [loadBalancerArn];

/** True where the port has a target group by its controller's tags, there or not, which is judged by itself. */
function hasGroup(
  { port, nodePort }: ServicePort,
  { owner, targetGroup }: TargetGroupContext,
  { targetGroups, lostBackends }: Pick<Slices, 'targetGroups' | 'lostBackends'>,
): boolean {
  const isOfService = (namespace: string | undefined, name: string | undefined): boolean =>
    namespace === owner?.namespace && name === owner?.service;
  return (
    lostBackends.some((lost) => isOfService(lost.namespace, lost.service) && lost.servicePort === String(port)) ||
    targetGroups.some((other) => {
      const tagged = other.arn === targetGroup.arn ? undefined : readTags(other.tags);
      const isFor = tagged?.servicePort === undefined ? other.port === nodePort : tagged.servicePort === String(port);
      return isFor && isOfService(tagged?.namespace, tagged?.service);
    })
  );
}

/** True where clients of the Service are sent to this very load balancer. */
const isMadeFor = ({ status, spec }: Service, { loadBalancer }: TargetGroupContext): boolean =>
  spec.type === 'LoadBalancer' &&
  status.loadBalancer.some(({ hostname }) => hostname?.toLowerCase() === loadBalancer?.dnsName.toLowerCase());

/** By number; a listener for TLS or QUIC serves a port of TCP or UDP. */
const isFor = ({ port, protocol }: ServicePort, listener: Listener): boolean =>
  listener.port === port && wireProtocolsOf(listener.protocol).some((wire) => wire.toUpperCase() === protocol);

const formatListeners = (listeners: Listener[]): string =>
  listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
