import { targetGroupOption } from '../../controllers/target-group-option.ts';
import type { HealthCheck } from '../../model/aws.ts';
import type { Change, Template } from '../../model/fix.ts';
import { plainly, type Scene } from './former.ts';
import { toHcl } from './hcl.ts';
import { toYaml } from './yaml.ts';

type AwsChange = Extract<Change, { aws: string }>;

/** A change of an AWS resource as its owner writes it. */
export interface AwsForm {
  /** The tags of the resource: they show who writes it. */
  tags: Record<string, string>;
  terraform: string;
  cloudformation: string;
  /** Of the health check of a target group: what is set. */
  healthCheck?: Partial<Record<keyof HealthCheck, string>>;
}

/** How Terraform (provider aws) and CloudFormation write what a call changes; undefined for calls about nothing that they hold. */
export function awsFormOf(change: AwsChange, scene: Scene): AwsForm | undefined {
  switch (change.aws) {
    case 'elbv2 modify-target-group':
      return healthCheckForm(change, scene);
    case 'elbv2 modify-target-group-attributes':
      return attributeForm(change, scene);
    case 'elbv2 modify-listener':
      return listenerForm(change, scene);
    case 'elbv2 set-security-groups':
      return enforcementForm(change, scene);
    case 'elbv2 set-subnets':
      return subnetsForm(change, scene);
    case 'ec2 authorize-security-group-ingress':
    case 'ec2 authorize-security-group-egress':
      return ruleForm(change, scene);
    default:
      return undefined;
  }
}

const terraformNames: Record<keyof HealthCheck, string> = {
  protocol: 'protocol',
  port: 'port',
  path: 'path',
  intervalSeconds: 'interval',
  timeoutSeconds: 'timeout',
  healthyThreshold: 'healthy_threshold',
  unhealthyThreshold: 'unhealthy_threshold',
  successCodes: 'matcher',
};

const cloudFormationNames: Record<Exclude<keyof HealthCheck, 'successCodes'>, string> = {
  protocol: 'HealthCheckProtocol',
  port: 'HealthCheckPort',
  path: 'HealthCheckPath',
  intervalSeconds: 'HealthCheckIntervalSeconds',
  timeoutSeconds: 'HealthCheckTimeoutSeconds',
  healthyThreshold: 'HealthyThresholdCount',
  unhealthyThreshold: 'UnhealthyThresholdCount',
};

function healthCheckForm({ options }: AwsChange, { group, values }: Scene): AwsForm | undefined {
  const healthCheck = settingsOf(options, values);
  const settings = Object.entries(healthCheck) as [keyof HealthCheck, string][];
  if (settings.length === 0) return undefined;
  return {
    tags: group.targetGroup.tags,
    healthCheck,
    terraform: toHcl('aws_lb_target_group', {
      health_check: Object.fromEntries(settings.map(([name, value]) => [terraformNames[name], number(value)])),
    }),
    cloudformation: toYaml(
      Object.fromEntries(
        settings.map(([name, value]) =>
          name === 'successCodes'
            ? ['Matcher', { HttpCode: value }]
            : [cloudFormationNames[name], name === 'port' ? value : number(value)],
        ),
      ),
    ),
  };
}

const names = Object.keys(terraformNames) as (keyof HealthCheck)[];

/** The settings of the options, of those also that are whole words of a value. */
function settingsOf(
  options: Record<string, string>,
  values: Scene['values'],
): Partial<Record<keyof HealthCheck, string>> {
  const words = (options['…'] ?? '')
    .split(' ')
    .flatMap((word) => [values[/^\{(\w+)\}$/.exec(word)?.[1] ?? ''] ?? []].flat().map(String));
  const given = new Map([
    ...Object.entries(options).map(([name, value]) => [`--${name}`, plainly(value, values)] as const),
    ...words.flatMap((word, index) => (word.startsWith('--') ? [[word, words[index + 1] ?? ''] as const] : [])),
  ]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given.get(targetGroupOption(name, '').option);
      return value === undefined ? [] : [[name, /HttpCode="([^"]*)"/.exec(value)?.[1] ?? value]];
    }),
  );
}

const number = (text: string): string | number => (/^\d{1,9}$/.test(text) ? Number(text) : text);

function attributeForm({ options }: AwsChange, { group, values }: Scene): AwsForm | undefined {
  const [, key, value] = /^Key=([^,]+),Value=(.*)$/.exec(plainly(options.attributes ?? '', values)) ?? [];
  if (key === undefined || value === undefined) return undefined;
  return {
    tags: group.targetGroup.tags,
    terraform: toHcl('aws_lb_target_group', { [key.replace('.enabled', '')]: value === 'true' }),
    cloudformation: toYaml({ TargetGroupAttributes: [{ Key: key, Value: value }] }),
  };
}

function listenerForm({ options }: AwsChange, { group, values }: Scene): AwsForm {
  const policy = plainly(options['alpn-policy'] ?? '', values);
  return {
    tags: group.loadBalancer?.tags ?? {},
    terraform: toHcl('aws_lb_listener', { alpn_policy: policy }),
    cloudformation: toYaml({ AlpnPolicy: [policy] }),
  };
}

function subnetsForm({ options }: AwsChange, { group, values }: Scene): AwsForm {
  const given = plainly(options.subnets ?? '', values).match(/subnet-[0-9a-z]+/g) ?? [];
  return {
    tags: group.loadBalancer?.tags ?? {},
    terraform: toHcl('aws_lb', { subnets: [...given] }),
    cloudformation: toYaml({ Subnets: [...given] }),
  };
}

function enforcementForm({ options }: AwsChange, { group }: Scene): AwsForm | undefined {
  const enforced = options['enforce-security-group-inbound-rules-on-private-link-traffic'];
  if (enforced === undefined) return undefined;
  return {
    tags: group.loadBalancer?.tags ?? {},
    terraform: toHcl('aws_lb', { enforce_security_group_inbound_rules_on_private_link_traffic: enforced }),
    cloudformation: toYaml({ EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforced }),
  };
}

interface Permission {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  UserIdGroupPairs?: { GroupId: string }[];
  IpRanges?: { CidrIp: string }[];
  Ipv6Ranges?: { CidrIpv6: string }[];
}

function ruleForm({ aws, options }: AwsChange, { facts, values }: Scene): AwsForm | undefined {
  const id = plainly(options['group-id'] ?? '', values);
  const json = values[(options['ip-permissions'] ?? '').slice(1, -1)];
  const securityGroup = facts.slices.securityGroups.find((each) => each.id === id);
  if (securityGroup === undefined || typeof json !== 'string') return undefined;
  const direction = aws.endsWith('egress') ? 'egress' : 'ingress';
  const rules = (JSON.parse(json) as Permission[]).flatMap((permission) =>
    peersOf(permission).map((peer) => ({ permission, peer })),
  );
  return {
    tags: securityGroup.tags,
    terraform: rules
      .map(({ permission, peer }) =>
        toHcl(`aws_vpc_security_group_${direction}_rule`, terraformRule(id, permission, peer)),
      )
      .join('\n'),
    cloudformation: toYaml(
      rules.map(({ permission, peer }) => ({
        Type: `AWS::EC2::SecurityGroup${direction === 'egress' ? 'Egress' : 'Ingress'}`,
        Properties: cloudFormationRule({ id, direction }, permission, peer),
      })),
    ),
  };
}

type Peer = { group: string } | { ipv4: string } | { ipv6: string };

const peersOf = ({ UserIdGroupPairs = [], IpRanges = [], Ipv6Ranges = [] }: Permission): Peer[] => [
  ...UserIdGroupPairs.map(({ GroupId }) => ({ group: GroupId })),
  ...IpRanges.map(({ CidrIp }) => ({ ipv4: CidrIp })),
  ...Ipv6Ranges.map(({ CidrIpv6 }) => ({ ipv6: CidrIpv6 })),
];

function terraformRule(id: string, { IpProtocol, FromPort, ToPort }: Permission, peer: Peer): Record<string, Template> {
  const source =
    'group' in peer
      ? { referenced_security_group_id: peer.group }
      : 'ipv4' in peer
        ? { cidr_ipv4: peer.ipv4 }
        : { cidr_ipv6: peer.ipv6 };
  return {
    security_group_id: id,
    ...source,
    ip_protocol: IpProtocol,
    ...(FromPort !== undefined && { from_port: FromPort }),
    ...(ToPort !== undefined && { to_port: ToPort }),
  };
}

function cloudFormationRule(
  { id, direction }: { id: string; direction: 'ingress' | 'egress' },
  { IpProtocol, FromPort, ToPort }: Permission,
  peer: Peer,
): Record<string, Template> {
  const end = direction === 'egress' ? 'DestinationSecurityGroupId' : 'SourceSecurityGroupId';
  const source =
    'group' in peer ? { [end]: peer.group } : 'ipv4' in peer ? { CidrIp: peer.ipv4 } : { CidrIpv6: peer.ipv6 };
  return {
    GroupId: id,
    IpProtocol,
    ...(FromPort !== undefined && { FromPort }),
    ...(ToPort !== undefined && { ToPort }),
    ...source,
  };
}
