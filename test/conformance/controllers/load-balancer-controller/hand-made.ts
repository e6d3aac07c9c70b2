import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '../../../../lab/world/world.ts';
import type { LiveCluster } from '../live-cluster.ts';

/** A load balancer that a person made, with one target group at its port 80. */
export interface HandMade {
  targetGroupArn: string;
  remove(): Promise<void>;
}

/** Makes it in the account of the live cluster, in the subnets of the world from which the account was made. */
export async function makeByHand(
  { elbv2, names }: Pick<LiveCluster, 'elbv2' | 'names'>,
  base: World,
  { name, targetType }: { name: string; targetType: 'instance' | 'ip' },
): Promise<HandMade> {
  const [cluster] = base.clusters;
  const Subnets = cluster?.cluster.subnetIds.map((id) => names.get(id));
  const { LoadBalancers: [balancer] = [] } = await elbv2.send(
    new CreateLoadBalancerCommand({ Name: name, Type: 'network', Scheme: 'internal', Subnets }),
  );
  const { TargetGroups: [group] = [] } = await elbv2.send(
    new CreateTargetGroupCommand({
      Name: name,
      Protocol: 'TCP',
      Port: 8080,
      VpcId: names.get(base.vpcs[0]?.id ?? ''),
      TargetType: targetType,
      HealthCheckProtocol: 'TCP',
      HealthCheckIntervalSeconds: 10,
    }),
  );
  const { TargetGroupArn = '' } = group ?? {};
  const { LoadBalancerArn } = balancer ?? {};
  await elbv2.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Protocol: 'TCP',
      Port: 80,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    }),
  );
  return {
    targetGroupArn: TargetGroupArn,
    async remove() {
      await elbv2.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
      await elbv2.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
    },
  };
}
