import type { SecurityGroupRule } from '../../core/model/aws.ts';
import { nodeSecurityGroup } from '../world/cluster.ts';
import { before, minute } from '../world/moment.ts';
import type { PastCall } from '../world/past/past-call.ts';
import { revoked } from '../world/past/rule-calls.ts';
import type { World, WorldCluster } from '../world/world.ts';

type Caller = Pick<PastCall, 'by' | 'userAgent' | 'isFromConsole'>;

/** Takes the rules of the controller out of the security group of the nodes, a quarter of an hour ago, and CloudTrail recorded who did it. */
export function removeControllerRules(world: World, cluster: WorldCluster, caller: Caller): void {
  const group = nodeSecurityGroup(world, cluster);
  const removed = group.rules.filter(isOfController);
  group.rules = group.rules.filter((rule) => !isOfController(rule));
  const { now } = world;
  world.past = {
    ...world.past,
    struckAt: before(now, 15 * minute),
    calls: [
      ...(world.past?.calls ?? []),
      ...removed.map((rule) => ({ ...revoked(group.id, rule), ...caller, at: before(now, 17 * minute) })),
    ],
  };
}

const isOfController = ({ description }: SecurityGroupRule): boolean =>
  description?.startsWith('elbv2.k8s.aws/targetGroupBinding=') ?? false;
