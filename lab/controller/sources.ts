import type { TargetGroup } from '../../core/model/aws.ts';
import { privateSubnets } from '../world/account.ts';
import type { BindingPeer, Service } from '../world/kubernetes-object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { isWithoutGroups } from './backend-rules.ts';
import { backendGroup } from './balancer-groups.ts';

/**
 * Who a binding lets in: the security group that all load balancers share; without groups ranges of addresses, which are those of
 * clients where their addresses are preserved and those of the load balancer's subnets, from where health checks come
 * (aws-load-balancer-controller pkg/service/model_build_target_group.go, measured with 3.5.0).
 */
export function sourcesOf(
  world: World,
  cluster: WorldCluster,
  { service, targetGroup }: { service: Service; targetGroup: TargetGroup },
): BindingPeer[][] {
  if (!isWithoutGroups(service)) return [[{ securityGroup: { groupID: backendGroup(world, cluster).id } }]];
  const subnets = privateSubnets(world).map(({ cidr }) => blockOf(cidr));
  if (targetGroup.attributes['preserve_client_ip.enabled'] !== 'true') return [subnets];
  const ranges = service.spec.loadBalancerSourceRanges;
  // Clients of an internal load balancer are in the VPC unless ranges say otherwise.
  if (ranges === undefined || ranges.length === 0) return [(world.vpcs[0]?.cidrs ?? []).map(blockOf)];
  return [ranges.map(blockOf), subnets];
}

const blockOf = (cidr: string): BindingPeer => ({ ipBlock: { cidr } });
