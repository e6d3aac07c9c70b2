import type { LoadBalancer, SecurityGroup, SecurityGroupRule } from '../../core/model/aws.ts';
import type { ServicePort } from '../../core/model/kubernetes.ts';
import { allowAllEgress, ingress } from '../world/cluster.ts';
import { hash, resourceId } from '../world/identifier.ts';
import type { Service } from '../world/kubernetes-object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { isDualStack } from './annotations/address-family.ts';
import { tagsOf } from './tags.ts';

/** `k8s-<namespace:8>-<service:8>-<hash:10>`, letters and digits only in between. */
export const shortName = (namespace: string, name: string, seed: string): string =>
  `k8s-${strip(namespace)}-${strip(name)}-${hash(seed, 10)}`;

const strip = (text: string): string => text.replace(/[^a-z0-9]/gi, '').slice(0, 8);

/**
 * The security group that lets clients in, at the ports that the Service has by now; one for each load balancer (LBC 2.6 and later).
 * What somebody removed at a port of a listener stays away: nothing tells the controller.
 */
export function frontendGroup(
  world: World,
  cluster: WorldCluster,
  { service, loadBalancer }: { service: Service; loadBalancer?: LoadBalancer },
): SecurityGroup {
  const { namespace, name: own, uid } = service.metadata;
  const { ports, loadBalancerSourceRanges: ranges = [] } = service.spec;
  const everywhere = isDualStack(service) ? ['0.0.0.0/0', '::/0'] : ['0.0.0.0/0'];
  const name = shortName(namespace, own, `frontend ${cluster.cluster.name} ${uid}`);
  const group = ensureGroup(world, name, tagsOf(cluster, service, 'ManagedLBSecurityGroup'));
  const clients = ports.flatMap(({ port, protocol }: ServicePort) =>
    (ranges.length > 0 ? ranges : everywhere).map((cidr: string, index: number) =>
      ingress(index === 0 ? `${name} ${port}` : `${name} ${port} ${cidr}`, {
        protocol: protocol.toLowerCase(),
        fromPort: port,
        toPort: port,
        ...(cidr.includes(':') ? { cidrIpv6: cidr } : { cidrIpv4: cidr }),
      }),
    ),
  );
  const served = world.listeners.filter(({ loadBalancerArn }) => loadBalancerArn === loadBalancer?.arn);
  const isRemoved = ({ fromPort }: SecurityGroupRule): boolean =>
    served.some(({ port }) => port === fromPort) &&
    !group.rules.some((rule) => !rule.egress && rule.fromPort === fromPort);
  group.rules = [
    ...group.rules.filter(({ egress }) => egress),
    ...clients.filter((client: SecurityGroupRule) => !isRemoved(client)),
  ];
  return group;
}

/** The security group that all load balancers of a cluster share, and that the nodes' rule names (LBC 2.6 and later). */
export const backendGroup = (world: World, { cluster }: WorldCluster): SecurityGroup =>
  ensureGroup(world, `k8s-traffic-${strip(cluster.name)}-${hash(`backend ${cluster.name}`, 10)}`, {
    'elbv2.k8s.aws/cluster': cluster.name,
    'elbv2.k8s.aws/resource': 'backend-sg',
  });

function ensureGroup(world: World, name: string, tags: Record<string, string>): SecurityGroup {
  const existing = world.securityGroups.find((group) => group.name === name);
  if (existing) return existing;
  const vpcId = world.vpcs[0]?.id ?? '';
  const group: SecurityGroup = { id: resourceId('sg', name), name, vpcId, tags, rules: [allowAllEgress(name)] };
  world.securityGroups.push(group);
  return group;
}
