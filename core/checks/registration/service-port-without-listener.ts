import { controllerOf } from '../../controllers/controller.ts';
import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import {
  listenerOf,
  listenersAt,
  madeFor,
  namedBalancer,
  type ServedInstead,
  servedInstead,
} from '../../controllers/listeners/port-listeners.ts';
import { arePortsPending, controllerSeconds, isPending } from '../../controllers/pending.ts';
import { readTags } from '../../controllers/tags.ts';
import { check } from '../../diagnosis/check.ts';
import { nameOf, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { Listener, LoadBalancer } from '../../model/aws.ts';
import type { Service, ServicePort } from '../../model/kubernetes.ts';
import type { Slices } from '../../model/slices.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

/** What is found of the port of a listener: no cause where it is one to which the Service sends nobody. */
const byPort = ['nlb-sg-blocks-clients', 'nacl-blocks-clients', 'privatelink-inbound-enforced'];

export const servicePortWithoutListener = check({
  id: 'service-port-without-listener',
  kind: 'clients',
  beforeTargets: true,
  stage: 'registration',
  severity: 'critical',
  title: 'A port of the Service has no listener at its load balancer that leads to it',
  symptom:
    'Every target is healthy, and clients cannot connect to the port that the Service names, or get to another application.',
  why: `Clients connect to the host name in the status of the Service, at a port of the Service; its controller makes a listener for each, and has
it forward to the target group of that port. A listener that was deleted, moved to another port or exchanged with another by hand stays so
until the controller reconciles the Service again, and the targets behind it stay healthy as long as any listener forwards to them.
cloud-provider-aws looks at ports and protocols alone: where its listeners lead it never sets right. And no controller gets a target group back
from another load balancer, since Elastic Load Balancing lets only one have it.`,
  proof: `The status of the Service names a load balancer, a controller makes load balancers for the Service, and no listener of that one has the number
of the port, or the one that has it forwards to nothing but target groups which are by the tags of their controller for another port or Service,
with other endpoints. The port is that of the target group, or another one that has no target group either. It is confirmed unless somebody
wrote the Service in the last ${controllerSeconds / 60} minutes.`,
  nearMisses: [
    'A load balancer that is not made for the Service may have any ports: its TargetGroupBinding says nothing about listeners.',
    'A target group without tags of a controller behind the listener: a person made it, perhaps to replace that of the controller.',
    'Two ports of the Service with the same endpoints: it does not matter which of them a listener leads to.',
    'A Service made minutes ago gets its listeners still.',
    'No listener forwards to the target group at all: `target-group-not-attached`.',
    'Another port of the Service lacks a listener, and has a target group: that one shows it. Where it has none, the clients of that port alone are stopped.',
    'A Service that was written minutes ago, perhaps with other ports: at risk.',
  ],
  decidedBy: 'the listeners of the load balancer with what they forward to, and the ports of the Service',
  fix: [
    {
      text: 'See which ports the Service has and what its controller last reported about it.',
      look: { kubectl: 'describe service {service}', in: '{namespace}' },
    },
    {
      text: 'Have the listener forward to the target group of its port again.',
      change: {
        aws: 'elbv2 modify-listener',
        options: { 'listener-arn': '{back}', 'default-actions': 'Type=forward,TargetGroupArn={targetGroup}' },
      },
      when: 'back',
    },
    {
      text: 'Delete the listener that leads to the target group of another load balancer, and do so on both sides before their controllers make them again: while one of them has the target group, the other load balancer cannot.',
      change: { aws: 'elbv2 delete-listener', options: { 'listener-arn': '{astray}' } },
      when: 'astray',
      withNext: true,
    },
    {
      text: 'Let the controller reconcile the Service: it makes the listeners that are missing, and removes those that the Service does not name.',
      change: { wake: 'service' },
      when: 'absent',
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html'],
  masks: byPort,
  needs: ['services', 'loadBalancers', 'listeners', 'targetGroups'],
  optional: ['workloads', 'lostBackends', 'endpointSlices'],
  applies: ({ loadBalancer, targetGroup }) => loadBalancer !== undefined && targetGroup.targetType !== 'alb',

  run(group, { loadBalancers, lostBackends = [], workloads, ...around }) {
    const service = serviceOf(group, around.services);
    const inUse = listenersInUse(group);
    if (service === undefined || inUse.length === 0) return undefined;
    const balancer = balancerMadeFor(service, group, loadBalancers);
    if (balancer === undefined) return undefined;
    if (workloads === undefined || controllerOf(service, workloads) === 'none') return undefined;
    const readAt = balancer.listenersAt ?? group.takenAt;
    if (isPending(service.metadata.creationTimestamp, readAt)) return [];
    // Its ports may be what was written, and the controller about to follow, or has since the listeners were read.
    const isWritten = arePortsPending(service, readAt);
    const listeners = listenersAt(balancer, around.listeners);
    const served = servicePortOf(group, service);
    const missing = service.spec.ports.flatMap((port) => {
      const listener = listenerOf(port, listeners);
      if (listener === undefined)
        return [
          { port, saw: `no listener of ${balancer.name} has it; ${formatAll(listeners)}`, values: { absent: 'yes' } },
        ];
      const instead = servedInstead(listener, { service, port, cluster: group.cluster?.name }, around);
      const saw = `its listener at ${balancer.name} forwards to ${instead.map(format).join(' and ')} alone`;
      return instead.length === 0 ? [] : [{ port, saw, values: wayBack(listener, port === served, group) }];
    });
    const mine = missing.filter(({ port }) => port === served);
    const others = missing.filter(({ port }) => !hasGroup(port, group, { ...around, lostBackends }));
    const isBeside = mine.length > 0 && service.spec.ports.every((port) => listenerOf(port, inUse) === undefined);
    return (mine.length > 0 ? mine : others).map(({ port, saw, values }) => ({
      saw: `port ${port.port} of the Service: ${saw}`,
      expected: `a listener on ${port.protocol} ${port.port} that forwards to the target group of that port`,
      confidence: isWritten ? ('probable' as const) : ('confirmed' as const),
      ...(port !== served && { someClients: true }),
      ...(!isBeside && { leaves: byPort }),
      values: { port: port.port, ...values },
    }));
  },
});

/**
 * The load balancer to which the status of the Service sends clients: that of the target group, or another one, where a controller made the
 * group for the Service.
 */
function balancerMadeFor(
  service: Service,
  group: TargetGroupContext,
  loadBalancers: LoadBalancer[],
): LoadBalancer | undefined {
  if (service.spec.type !== 'LoadBalancer') return undefined;
  const balancer = namedBalancer(service, group, loadBalancers);
  const isMade = madeFor(group.targetGroup, group.cluster?.name, [service]) !== undefined;
  return balancer === group.loadBalancer || isMade ? balancer : undefined;
}

/** How a listener that leads astray is set right: at once where its load balancer has the target group, else once the other one lets go of it. */
function wayBack(
  { arn, loadBalancerArn }: Listener,
  isOwn: boolean,
  { targetGroup }: TargetGroupContext,
): Record<string, string> {
  if (!isOwn) return { absent: 'yes' };
  return targetGroup.loadBalancerArns.every((each) => each === loadBalancerArn)
    ? { back: arn }
    : { astray: arn, absent: 'yes' };
}

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

const format = ({ targetGroup, service, port }: ServedInstead): string =>
  `${targetGroup.name}, the target group of port ${port.port} of ${nameOf(service)},`;

const formatAll = (listeners: Listener[]): string =>
  listeners.length === 0
    ? 'there is none'
    : `there ${listeners.length === 1 ? 'is' : 'are'} ${listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ')}`;
