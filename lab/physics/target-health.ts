import type { LoadBalancer, NetworkInterface, Target, TargetGroup } from '../../core/aws.ts';
import { inCidr } from '../address.ts';
import { ageInSeconds } from '../moment.ts';
import type { Registration, World } from '../world.ts';
import { passesHealthCheck } from './health-check.ts';
import type { Listener } from './listener.ts';
import type { PacketFilter } from './packet-filter.ts';

type Health = Pick<Target, 'state' | 'reason' | 'description'>;

/** Spreading a new target to the nodes of the load balancer, then the first checks, take minutes. */
const registrationSeconds = 90;
const firstChecksSeconds = 180;

/** What DescribeTargetHealth says of every registration; a target is healthy when most load balancer nodes agree. */
export function judgeTargets(world: World, passes: PacketFilter, listens: Listener): Target[] {
  return (world.registrations ?? []).flatMap((registration) => {
    const targetGroup = world.targetGroups.find(({ arn }) => arn === registration.targetGroupArn);
    if (targetGroup === undefined) return [];
    const health = healthOf({ world, targetGroup, registration, passes, listens });
    const { targetGroupArn, id, port } = registration;
    const zone = targetGroup.targetType === 'ip' ? zoneOf(world, id) : undefined;
    return [
      {
        targetGroupArn,
        id,
        port,
        ...(zone === undefined ? {} : { zone }),
        healthCheckPort: healthCheckPort(targetGroup, registration),
        ...health,
      },
    ];
  });
}

/** The port that is checked: the registered one, or the one that the target group names. */
export const healthCheckPort = ({ healthCheck }: TargetGroup, { port }: Registration): number =>
  healthCheck.port === 'traffic-port' ? port : Number(healthCheck.port);

/** Where packets to a target go: for an instance the primary address of its primary interface. */
export const targetAddress = (world: World, { id }: Registration): string =>
  id.startsWith('i-') ? (world.instances.find((instance) => instance.id === id)?.privateIp ?? '') : id;

interface Question {
  world: World;
  targetGroup: TargetGroup;
  registration: Registration;
  passes: PacketFilter;
  listens: Listener;
}

function healthOf({ world, targetGroup, registration, passes, listens }: Question): Health {
  if (registration.deregisteredAt !== undefined) {
    return because('draining', 'Target.DeregistrationInProgress', 'Target deregistration is in progress');
  }
  const loadBalancer = world.loadBalancers.find(({ arn }) => arn === targetGroup.loadBalancerArns[0]);
  const unused = whyUnused(world, loadBalancer, { targetGroup, registration });
  if (unused !== undefined || loadBalancer === undefined) return unused ?? notAttached;
  const age = ageInSeconds(world.now, registration.registeredAt);
  if (age < registrationSeconds) {
    return because('initial', 'Elb.RegistrationInProgress', 'Target registration is in progress');
  }
  if (age < firstChecksSeconds) {
    return because('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress');
  }
  const to = targetAddress(world, registration);
  const port = healthCheckPort(targetGroup, registration);
  const answers = passesHealthCheck(targetGroup, listens(to, port));
  const nodes = loadBalancerAddresses(world, loadBalancer);
  const agreeing = nodes.filter((from) => answers && passes({ from, to, port }));
  return agreeing.length > nodes.length / 2
    ? { state: 'healthy' }
    : because('unhealthy', 'Target.FailedHealthChecks', 'Health checks failed');
}

const because = (state: Target['state'], reason: string, description: string): Health => ({
  state,
  reason,
  description,
});

const notAttached = because(
  'unused',
  'Target.NotInUse',
  'Target group is not configured to receive traffic from the load balancer',
);

function whyUnused(
  world: World,
  loadBalancer: LoadBalancer | undefined,
  { targetGroup, registration }: { targetGroup: TargetGroup; registration: Registration },
): Health | undefined {
  const forwarded = world.listeners.some(({ forwards }) =>
    forwards.some(({ targetGroupArn }) => targetGroupArn === targetGroup.arn),
  );
  if (loadBalancer === undefined || !forwarded) return notAttached;
  const instance = world.instances.find(({ id }) => id === registration.id);
  if (instance && instance.state !== 'running') {
    return because('unused', 'Target.InvalidState', `Target is in the ${instance.state} state`);
  }
  const zone = instance?.zone ?? zoneOf(world, registration.id);
  if (zone !== undefined && !loadBalancer.zones.some(({ name }) => name === zone)) {
    return because(
      'unused',
      'Target.NotInUse',
      'Target is in an Availability Zone that is not enabled for the load balancer',
    );
  }
  return undefined;
}

const zoneOf = (world: World, address: string): string | undefined =>
  address.startsWith('i-') ? undefined : world.subnets.find(({ cidr }) => inCidr(address, cidr))?.zone;

const loadBalancerAddresses = (world: World, { arn }: LoadBalancer): string[] =>
  world.networkInterfaces
    .filter(({ description }: NetworkInterface) => description === `ELB ${arn.split('loadbalancer/')[1]}`)
    .flatMap(({ privateIps }) => privateIps.slice(0, 1));
