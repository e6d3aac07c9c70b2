import type { LoadBalancer, NetworkInterface, Target, TargetGroup } from '../../core/model/aws.ts';
import { ageInSeconds } from '../world/moment.ts';
import { inCidr } from '../world/network/address.ts';
import type { Registration, World } from '../world/world.ts';
import { passesHealthCheck } from './health-check.ts';
import { faultAgeSeconds } from './kubelet.ts';
import type { Listener } from './listener.ts';
import type { PacketFilter } from './packet.ts';

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
    const zone = targetGroup.targetType === 'ip' ? (zoneOf(world, id) ?? elsewhere(world, id)) : undefined;
    return [
      {
        targetGroupArn,
        id,
        port,
        ...(zone === undefined ? {} : { zone }),
        healthCheckPort: healthCheckPort(targetGroup, registration),
        ...health,
        ...(isShifted(world, targetGroup, registration) && { override: 'zonal_shift_active' }),
      },
    ];
  });
}

/** The port that is checked: the registered one, or the one that the target group names. */
export const healthCheckPort = ({ healthCheck }: TargetGroup, { port }: Registration): number =>
  healthCheck.port === 'traffic-port' ? port : Number(healthCheck.port);

/**
 * Where packets to a target go: for an instance the primary address of its primary interface, for an Application Load
 * Balancer one of its nodes.
 */
export function targetAddress(world: World, { id }: Registration): string {
  if (id.startsWith('i-')) return world.instances.find((instance) => instance.id === id)?.privateIp ?? '';
  if (id.startsWith('arn:')) return loadBalancerAddresses(world, { arn: id })[0] ?? '';
  return id;
}

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
  if (world.healthUnavailable?.includes(targetGroup.arn)) {
    return because('unavailable', 'Elb.InternalError', 'Health checks failed due to an internal error');
  }
  const unused = whyUnused(world, loadBalancer, { targetGroup, registration });
  if (unused !== undefined || loadBalancer === undefined) return unused ?? notAttached;
  const age = ageInSeconds(world.now, registration.registeredAt);
  const isSetUp = loadBalancer.state !== 'provisioning' && loadBalancer.state !== 'failed';
  if (age < registrationSeconds || !isSetUp) {
    return because('initial', 'Elb.RegistrationInProgress', 'Target registration is in progress');
  }
  if (age < firstChecksSeconds) {
    return because('initial', 'Elb.InitialHealthChecking', 'Initial health checks in progress');
  }
  const to = targetAddress(world, registration);
  const port = healthCheckPort(targetGroup, registration);
  const answers = passesHealthCheck(targetGroup, listens(to, port));
  const nodes = loadBalancerAddresses(world, loadBalancer, targetGroup.ipAddressType);
  const agreeing = nodes.filter((from) => answers && passes({ from, to, port }));
  return agreeing.length > nodes.length / 2
    ? { state: 'healthy' }
    : because(failingState(targetGroup), 'Target.FailedHealthChecks', 'Health checks failed');
}

const failing = 'target_health_state.unhealthy';

/** Connections of a failing target stay open for an interval where the group says so (NLB user guide, target group attributes). */
function failingState({ attributes }: TargetGroup): Target['state'] {
  const keeps = attributes[`${failing}.connection_termination.enabled`] === 'false';
  const isWithin = Number(attributes[`${failing}.draining_interval_seconds`] ?? 0) > faultAgeSeconds;
  return keeps && isWithin ? 'unhealthy.draining' : 'unhealthy';
}

const isShifted = (world: World, { loadBalancerArns }: TargetGroup, { id }: Registration): boolean =>
  (world.zonalShifts ?? []).some(
    ({ loadBalancerArn, zone }) =>
      loadBalancerArns.includes(loadBalancerArn) &&
      zone === (world.instances.find((instance) => instance.id === id)?.zone ?? zoneOf(world, id)),
  );

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
  if (instance && invalidStates.includes(instance.state)) {
    return because('unused', 'Target.InvalidState', `Target is in the ${instance.state} state`);
  }
  if (isLoadBalancerAddress(world, registration.id)) {
    return because(
      'unused',
      'Target.IpUnusable',
      'The IP address cannot be used as a target, because it is in use by a load balancer',
    );
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

/** Target.InvalidState is documented for stopped and terminated instances (NLB user guide, reason codes). */
const invalidStates = ['stopping', 'stopped', 'terminated'];

const isLoadBalancerAddress = (world: World, address: string): boolean =>
  world.networkInterfaces.some(
    ({ privateIps, interfaceType }) => interfaceType === 'network_load_balancer' && privateIps.includes(address),
  );

/** Targets outside of the VPC are registered for all zones. */
const elsewhere = (world: World, address: string): string | undefined =>
  world.vpcs.some(({ cidrs, ipv6Cidrs }) => [...cidrs, ...ipv6Cidrs].some((cidr) => inCidr(address, cidr)))
    ? undefined
    : 'all';

const zoneOf = (world: World, address: string): string | undefined =>
  address.startsWith('i-') || address.startsWith('arn:')
    ? undefined
    : world.subnets.find(({ cidr, ipv6Cidrs }) => [cidr, ...ipv6Cidrs].some((block) => inCidr(address, block)))?.zone;

const loadBalancerAddresses = (
  world: World,
  { arn }: Pick<LoadBalancer, 'arn'>,
  family: TargetGroup['ipAddressType'] = 'ipv4',
): string[] =>
  world.networkInterfaces
    .filter(({ description }: NetworkInterface) => description === `ELB ${arn.split('loadbalancer/')[1]}`)
    .flatMap(({ privateIps, ipv6Addresses }) => (family === 'ipv6' ? ipv6Addresses : privateIps).slice(0, 1));
