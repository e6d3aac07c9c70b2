import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type LoadBalancer,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LiveCluster } from '../../live-cluster.ts';

type Account = Pick<LiveCluster, 'ec2' | 'elbv2'>;

/** What the controller made in AWS, in the form of the records. */
export async function readAws(account: Account) {
  const { LoadBalancers = [] } = await account.elbv2.send(new DescribeLoadBalancersCommand());
  const { TargetGroups = [] } = await account.elbv2.send(new DescribeTargetGroupsCommand());
  const names = await groupNames(account);
  return {
    loadBalancers: await Promise.all(LoadBalancers.map((each) => readLoadBalancer(account, each, names))),
    targetGroups: await Promise.all(TargetGroups.map((each) => readTargetGroup(account, each))),
  };
}

async function readLoadBalancer({ elbv2 }: Account, balancer: LoadBalancer, names: Map<string, string>) {
  const { LoadBalancerArn, LoadBalancerName: name, Scheme: scheme, IpAddressType: ipAddressType } = balancer;
  const { Listeners = [] } = await elbv2.send(new DescribeListenersCommand({ LoadBalancerArn }));
  return {
    name,
    scheme,
    ipAddressType,
    securityGroups: (balancer.SecurityGroups ?? []).map((id) => names.get(id) ?? id),
    tags: await tagsOf({ elbv2 }, LoadBalancerArn),
    listeners: Listeners.map(({ Protocol, Port, SslPolicy, AlpnPolicy, Certificates = [] }) => ({
      protocol: Protocol,
      port: Port,
      // moto has a policy for listeners without TLS too.
      ...(Protocol === 'TLS' && { sslPolicy: SslPolicy }),
      ...(AlpnPolicy?.length && { alpnPolicy: AlpnPolicy }),
      ...(Certificates.length > 0 && {
        certificates: [...new Set(Certificates.map(({ CertificateArn }) => CertificateArn))],
      }),
    })),
  };
}

async function readTargetGroup({ elbv2 }: Pick<Account, 'elbv2'>, group: TargetGroup) {
  const { TargetGroupArn, Matcher } = group;
  const { Attributes = [] } = await elbv2.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
  const { TargetHealthDescriptions = [] } = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return {
    name: group.TargetGroupName,
    protocol: group.Protocol,
    port: group.Port,
    targetType: group.TargetType,
    ipAddressType: group.IpAddressType,
    healthCheck: {
      HealthCheckProtocol: group.HealthCheckProtocol,
      HealthCheckPort: group.HealthCheckPort,
      HealthCheckPath: group.HealthCheckPath ?? null,
      HealthCheckIntervalSeconds: group.HealthCheckIntervalSeconds,
      HealthCheckTimeoutSeconds: group.HealthCheckTimeoutSeconds,
      HealthyThresholdCount: group.HealthyThresholdCount,
      UnhealthyThresholdCount: group.UnhealthyThresholdCount,
      Matcher: Matcher?.HttpCode ?? null,
    },
    attributes: Object.fromEntries(Attributes.map(({ Key = '', Value }) => [Key, Value])),
    tags: await tagsOf({ elbv2 }, TargetGroupArn),
    targets: TargetHealthDescriptions.map(({ Target }) => ({ id: Target?.Id, port: Target?.Port })).toSorted((a, b) =>
      `${a.id}`.localeCompare(`${b.id}`),
    ),
  };
}

async function tagsOf({ elbv2 }: Pick<Account, 'elbv2'>, arn = '') {
  const { TagDescriptions: [described] = [] } = await elbv2.send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return Object.fromEntries((described?.Tags ?? []).map(({ Key = '', Value }) => [Key, Value]));
}

/** The rules that the controller wrote for its targets. */
export async function readRules(account: Account) {
  const names = await groupNames(account);
  const { SecurityGroupRules = [] } = await account.ec2.send(new DescribeSecurityGroupRulesCommand());
  return SecurityGroupRules.filter(({ Description }) => Description?.startsWith('elbv2.k8s.aws/'))
    .map((rule) => ({
      way: rule.IsEgress ? ('out' as const) : ('in' as const),
      proto: rule.IpProtocol,
      ports: `${rule.FromPort}-${rule.ToPort}`,
      from: peerOf(rule, names),
      description: rule.Description,
    }))
    .toSorted((a, b) => `${a.ports} ${a.from}`.localeCompare(`${b.ports} ${b.from}`));
}

function peerOf({ CidrIpv4, CidrIpv6, ReferencedGroupInfo }: SecurityGroupRule, names: Map<string, string>): string {
  const id = ReferencedGroupInfo?.GroupId ?? '';
  return CidrIpv4 ?? CidrIpv6 ?? names.get(id) ?? id;
}

async function groupNames({ ec2 }: Pick<Account, 'ec2'>): Promise<Map<string, string>> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand());
  return new Map(SecurityGroups.map(({ GroupId = '', GroupName = '' }) => [GroupId, GroupName]));
}
