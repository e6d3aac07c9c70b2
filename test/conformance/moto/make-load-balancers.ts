import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  type ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  type ProtocolEnum,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer, TargetGroup } from '../../../core/model/aws.ts';
import type { World } from '../../../lab/world/world.ts';
import { type Names, tagList } from './names.ts';

/** Makes load balancers, target groups with their targets, and listeners. */
export async function makeLoadBalancers(
  elbv2: ElasticLoadBalancingV2Client,
  world: World,
  names: Names,
): Promise<void> {
  for (const balancer of world.loadBalancers) await makeLoadBalancer(elbv2, balancer, names);
  for (const group of world.targetGroups) {
    await makeTargetGroup(elbv2, group, names);
    const targets = world.targetHealth.filter(({ targetGroupArn }) => targetGroupArn === group.arn);
    const Targets = targets.map(({ id, port }) => ({ Id: id.startsWith('i-') ? names.get(id) : id, Port: port }));
    await elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: names.get(group.arn), Targets }));
  }
  for (const { arn, loadBalancerArn, protocol, port, forwards } of world.listeners) {
    const TargetGroupArn = names.get(forwards[0]?.targetGroupArn ?? '');
    const { Listeners = [] } = await elbv2.send(
      new CreateListenerCommand({
        LoadBalancerArn: names.get(loadBalancerArn),
        Protocol: protocol as ProtocolEnum,
        Port: port,
        DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      }),
    );
    names.set(arn, Listeners[0]?.ListenerArn);
  }
}

async function makeLoadBalancer(
  elbv2: ElasticLoadBalancingV2Client,
  balancer: LoadBalancer,
  names: Names,
): Promise<void> {
  const { LoadBalancers = [] } = await elbv2.send(
    new CreateLoadBalancerCommand({
      Name: balancer.name,
      Type: 'network',
      Scheme: balancer.scheme === 'internal' ? 'internal' : 'internet-facing',
      Subnets: balancer.zones.map(({ subnetId }) => names.get(subnetId)),
      SecurityGroups: balancer.securityGroups.map(names.get),
      Tags: tagList(balancer.tags),
    }),
  );
  names.set(balancer.arn, LoadBalancers[0]?.LoadBalancerArn);
  const Attributes = tagList(balancer.attributes);
  await elbv2.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: names.get(balancer.arn), Attributes }));
}

async function makeTargetGroup(elbv2: ElasticLoadBalancingV2Client, group: TargetGroup, names: Names): Promise<void> {
  const { healthCheck } = group;
  const { TargetGroups = [] } = await elbv2.send(
    new CreateTargetGroupCommand({
      Name: group.name,
      Protocol: group.protocol as ProtocolEnum,
      Port: group.port,
      VpcId: names.get(group.vpcId),
      TargetType: group.targetType,
      HealthCheckProtocol: healthCheck.protocol,
      HealthCheckPort: healthCheck.port,
      HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
      HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
      HealthyThresholdCount: healthCheck.healthyThreshold,
      UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
      ...(healthCheck.path !== undefined && { HealthCheckPath: healthCheck.path }),
      ...(healthCheck.successCodes !== undefined && { Matcher: { HttpCode: healthCheck.successCodes } }),
      Tags: tagList(group.tags),
    }),
  );
  names.set(group.arn, TargetGroups[0]?.TargetGroupArn);
  const Attributes = tagList(group.attributes);
  await elbv2.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: names.get(group.arn), Attributes }));
}
