import {
  type TargetGroup as Answer,
  DescribeTargetGroupAttributesCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { HealthCheckProtocol, TargetGroup, TargetType } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';
import { known } from '../aws/known.ts';
import { pages } from '../aws/pages.ts';

/** Every target group of the Region, of any kind of load balancer, without attributes and tags. */
export async function listTargetGroups(elbv2: ElasticLoadBalancingV2Client): Promise<TargetGroup[]> {
  const groups: TargetGroup[] = [];
  for await (const { TargetGroups } of pages(paginateDescribeTargetGroups({ client: elbv2, pageSize: 400 }, {}))) {
    groups.push(...(TargetGroups ?? []).map(project));
  }
  return groups;
}

/** Attributes of one target group, by key. */
export async function targetGroupAttributes(
  elbv2: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<Record<string, string>> {
  const { Attributes } = await elbv2.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn }));
  return byKey(Attributes);
}

const project = (group: Answer): TargetGroup => ({
  arn: group.TargetGroupArn ?? '',
  name: group.TargetGroupName ?? '',
  protocol: group.Protocol ?? '',
  port: group.Port ?? 0,
  vpcId: group.VpcId ?? '',
  targetType: (group.TargetType ?? 'instance') as TargetType,
  ipAddressType: group.IpAddressType === 'ipv6' ? 'ipv6' : 'ipv4',
  loadBalancerArns: group.LoadBalancerArns ?? [],
  healthCheck: known({
    protocol: (group.HealthCheckProtocol ?? 'TCP') as HealthCheckProtocol,
    port: group.HealthCheckPort ?? 'traffic-port',
    path: group.HealthCheckPath,
    intervalSeconds: group.HealthCheckIntervalSeconds ?? 0,
    timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 0,
    healthyThreshold: group.HealthyThresholdCount ?? 0,
    unhealthyThreshold: group.UnhealthyThresholdCount ?? 0,
    successCodes: group.Matcher?.HttpCode,
  }),
  attributes: {},
  tags: {},
});
