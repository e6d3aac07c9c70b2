import type { SecurityGroupRule } from '../../core/model/aws.ts';
import { backendGroup } from '../controller/balancer-groups.ts';
import { ingress, nodeSecurityGroup } from '../world/cluster.ts';
import { before, minute } from '../world/moment.ts';
import type { Caller } from '../world/past/callers.ts';
import { authorized, revoked } from '../world/past/rule-calls.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** The ports of the Services that somebody knew of. */
const known = [30080, 8080];

/**
 * Twenty minutes ago somebody replaced the rules of the controller in the security group of the nodes by rules for the ports of
 * the other Services, and CloudTrail recorded it.
 */
export function removeControllerRules(world: World, cluster: WorldCluster, caller: Caller): void {
  const group = nodeSecurityGroup(world, cluster);
  const removed = group.rules.filter(isOfController);
  const referencedGroupId = backendGroup(world, cluster).id;
  const added = known.map((port) => ingress(`known ${port}`, { fromPort: port, toPort: port, referencedGroupId }));
  group.rules = [...group.rules.filter((rule) => !isOfController(rule)), ...added];
  const { now } = world;
  world.past = {
    ...world.past,
    struckAt: before(now, 20 * minute),
    calls: [
      ...(world.past?.calls ?? []),
      ...added.map((rule, index) => ({
        ...authorized(group.id, rule),
        ...caller,
        at: before(now, (24 - index) * minute),
      })),
      ...removed.map((rule) => ({ ...revoked(group.id, rule), ...caller, at: before(now, 22 * minute) })),
    ],
  };
}

const isOfController = ({ description }: SecurityGroupRule): boolean =>
  description?.startsWith('elbv2.k8s.aws/targetGroupBinding=') ?? false;
