import {
  type LoadBalancer as Answer,
  DescribeLoadBalancerAttributesCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeLoadBalancers,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer } from '../../core/model/aws.ts';
import { byKey } from '../aws/by-key.ts';
import { known } from '../aws/known.ts';
import { pages } from '../aws/pages.ts';
import { timeOf } from '../aws/time.ts';

/** Every Network Load Balancer of the Region, without attributes and tags. */
export async function listNetworkLoadBalancers(elbv2: ElasticLoadBalancingV2Client): Promise<LoadBalancer[]> {
  const balancers: LoadBalancer[] = [];
  for await (const { LoadBalancers } of pages(paginateDescribeLoadBalancers({ client: elbv2, pageSize: 400 }, {}))) {
    balancers.push(...(LoadBalancers ?? []).filter(({ Type }) => Type === 'network').map(project));
  }
  return balancers;
}

/** Attributes of one load balancer, by key. */
export async function loadBalancerAttributes(
  elbv2: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<Record<string, string>> {
  const { Attributes } = await elbv2.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn }));
  return byKey(Attributes);
}

const project = (balancer: Answer): LoadBalancer =>
  known({
    arn: balancer.LoadBalancerArn ?? '',
    name: balancer.LoadBalancerName ?? '',
    dnsName: balancer.DNSName ?? '',
    type: balancer.Type ?? '',
    scheme: balancer.Scheme ?? '',
    vpcId: balancer.VpcId ?? '',
    state: balancer.State?.Code ?? '',
    stateReason: balancer.State?.Reason,
    zones: (balancer.AvailabilityZones ?? []).map((zone) => ({
      name: zone.ZoneName ?? '',
      subnetId: zone.SubnetId ?? '',
    })),
    securityGroups: balancer.SecurityGroups ?? [],
    privateLinkEnforcement: balancer.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic,
    ipAddressType: balancer.IpAddressType ?? 'ipv4',
    createdAt: timeOf(balancer.CreatedTime),
    attributes: {},
    tags: {},
  });
