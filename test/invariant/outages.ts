import type { LoadBalancer } from '../../core/model/aws.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Service } from '../../core/model/kubernetes.ts';
import type { Slices } from '../../core/model/slices.ts';

/** Why a target group must not be called well: the clauses of the invariant. */
export type Clause = 'no-healthy-target' | 'ready-endpoints-missing' | 'clients-shut-out' | 'targets-cut-off';

export interface Outage {
  targetGroupArn: string;
  clause: Clause;
}

/** Seconds within which something new may still be on its way; more than a registration takes with any health check. */
const graceSeconds = 900;

/**
 * The outages in these facts, found by other means than the product's: by what Elastic Load Balancing, EC2 and Kubernetes
 * themselves say, without checks, memory or readers.
 */
export function outagesIn({ slices, takenAt, owners }: Facts): Outage[] {
  const isNew = (time: string | undefined): boolean =>
    time !== undefined && Date.parse(takenAt) - Date.parse(time) < graceSeconds * 1000;
  return slices.targetGroups.flatMap(({ arn, targetType }): Outage[] => {
    const forwarding = slices.listeners.filter(({ forwards }) =>
      forwards.some(({ targetGroupArn, weight }) => targetGroupArn === arn && weight !== 0),
    );
    if (forwarding.length === 0) return [];
    const [balancer] = slices.loadBalancers.filter((each) => each.arn === forwarding[0]?.loadBalancerArn);
    const owner = owners.find(({ targetGroupArn }) => targetGroupArn === arn);
    const service = slices.services.find(
      ({ metadata }) => metadata.name === owner?.service && metadata.namespace === owner.namespace,
    );
    if (isNew(balancer?.createdAt) || isNew(service?.metadata.creationTimestamp)) return [];
    const targets = slices.targetHealth.filter(({ targetGroupArn }) => targetGroupArn === arn);
    const isServed = targets.some(({ state }) => state === 'healthy');
    const endpoints = slices.endpointSlices
      .filter((slice) => slice.metadata.labels['kubernetes.io/service-name'] === service?.metadata.name)
      .flatMap((slice) => slice.endpoints)
      .filter(({ conditions }) => conditions.ready === true);
    const isComing = (address: string): boolean =>
      targets.some(({ id, state }) => id === address && state === 'initial');
    const pods = slices.pods.filter(
      ({ metadata, status }) =>
        endpoints.some(({ targetRef }) => targetRef?.name === metadata.name) || status.podIPs.some(isComing),
    );
    const areNew = pods.some(({ metadata }) => isNew(metadata.creationTimestamp));
    const missing = endpoints.filter(({ addresses }) => !targets.some(({ id }) => addresses.includes(id)));
    const admits = (protocol: string, port: number): boolean =>
      slices.securityGroups
        .filter(({ id }) => balancer?.securityGroups.includes(id))
        .flatMap(({ rules }) => rules)
        .some(
          (rule) =>
            !rule.egress &&
            rule.cidrIpv6 === undefined &&
            (rule.protocol === '-1' || (rule.protocol === protocol && rule.fromPort <= port && port <= rule.toPort)),
        );
    if (isAsleep(owner?.service, slices)) return [];
    const areCutOff = isServed && (isTrafficPortShut(arn, slices, balancer) || isNothingBehind(arn, slices, service));
    const areRulesRead =
      balancer !== undefined &&
      balancer.securityGroups.length > 0 &&
      balancer.securityGroups.every((id) => slices.securityGroups.some((group) => group.id === id));
    const wireOf = (protocol: string): 'tcp' | 'udp' => (protocol === 'UDP' ? 'udp' : 'tcp');
    const areShutOut =
      balancer !== undefined &&
      ((areRulesRead && forwarding.some(({ protocol, port }) => !admits(wireOf(protocol), port))) ||
        (balancer.scheme === 'internet-facing' &&
          (isOffline(slices) ||
            forwarding.every(({ protocol, port }) =>
              isFencedOff(balancer, { protocol: wireOf(protocol), port }, slices),
            ))));
    const clauses: [Clause, boolean][] = [
      ['no-healthy-target', !isServed && !areNew],
      ['ready-endpoints-missing', targetType === 'ip' && missing.length > 0 && !areNew],
      ['clients-shut-out', areShutOut],
      ['targets-cut-off', areCutOff],
    ];
    return clauses.flatMap(([clause, holds]) => (holds ? [{ targetGroupArn: arn, clause }] : []));
  });
}

/** True where the one route table of the VPC leads to no internet gateway. */
const isOffline = ({ routeTables }: Slices): boolean =>
  routeTables.length === 1 &&
  routeTables[0]?.main === true &&
  routeTables[0].routes.every(({ target }) => !target.startsWith('igw-'));

/** True where the network ACL of every subnet of the load balancer drops a packet of a client on the Internet, or every answer to it. */
function isFencedOff(
  { zones }: LoadBalancer,
  door: { protocol: 'tcp' | 'udp'; port: number },
  { networkAcls }: Slices,
): boolean {
  const protocols = ['-1', door.protocol === 'tcp' ? '6' : '17'];
  return zones.every(({ subnetId }) => {
    const entries = networkAcls.find(({ subnetIds }) => subnetIds.includes(subnetId))?.entries;
    const isDenied = (egress: boolean, port: number): boolean =>
      entries
        ?.filter((entry) => entry.egress === egress && protocols.includes(entry.protocol) && entry.cidr === '0.0.0.0/0')
        .toSorted((a, b) => a.ruleNumber - b.ruleNumber)
        .find(({ fromPort = 0, toPort = 65_535 }) => fromPort <= port && port <= toPort)?.action === 'deny';
    return (
      isDenied(false, door.port) ||
      (door.protocol === 'tcp' && [33_000, 45_000, 55_000, 65_000].every((port) => isDenied(true, port)))
    );
  });
}

/** True where a scaler says that nothing is meant to run. */
export const isAsleep = (name: string | undefined, { workloads, pods }: Slices): boolean =>
  pods.length === 0 &&
  workloads.some(
    ({ metadata, spec }) =>
      metadata.name === name &&
      spec.replicas === 0 &&
      metadata.annotations['downscaler/original-replicas'] !== undefined,
  );

/** True where no rule of any security group of any healthy target speaks of the traffic port, for addresses or the load balancer. */
function isTrafficPortShut(arn: string, slices: Slices, balancer: LoadBalancer | undefined): boolean {
  if (balancer === undefined || slices.subnets.length === 0) return false;
  const healthy = slices.targetHealth.filter(
    ({ targetGroupArn, state }) => targetGroupArn === arn && state === 'healthy',
  );
  return healthy.every(({ id, port, healthCheckPort }) => {
    const own = slices.networkInterfaces.find(
      ({ instanceId, deviceIndex, privateIps }) => (instanceId === id && deviceIndex === 0) || privateIps.includes(id),
    );
    const groups = slices.securityGroups.filter((group) => own?.securityGroups.includes(group.id));
    if (own === undefined || groups.length < own.securityGroups.length || port === healthCheckPort) return false;
    return groups
      .flatMap(({ rules }) => rules)
      .every(
        ({ egress, protocol, fromPort, toPort, referencedGroupId = '' }) =>
          egress ||
          (protocol !== '-1' && (port < fromPort || port > toPort)) ||
          (referencedGroupId !== '' && !balancer.securityGroups.includes(referencedGroupId)),
      );
  });
}

/** True where nodes are healthy by a check that sees no pods, and EndpointSlices say that no pod of the Service serves. */
function isNothingBehind(arn: string, slices: Slices, service: Service | undefined): boolean {
  const { endpointSlices, nodes, targetHealth } = slices;
  const own = endpointSlices.filter(
    ({ metadata }) => metadata.labels['kubernetes.io/service-name'] === service?.metadata.name,
  );
  const isUnaware = targetHealth
    .filter(({ targetGroupArn, state }) => targetGroupArn === arn && state === 'healthy')
    .every(
      ({ id, port, healthCheckPort }) =>
        id.startsWith('i-') && healthCheckPort !== port && healthCheckPort !== service?.spec.healthCheckNodePort,
    );
  return (
    service !== undefined &&
    isUnaware &&
    nodes.length > 0 &&
    own.length > 0 &&
    own.every(({ endpoints }) =>
      endpoints.every(
        ({ conditions }) => conditions.ready === false && !(conditions.terminating && conditions.serving),
      ),
    )
  );
}
