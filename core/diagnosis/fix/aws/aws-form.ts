import { targetGroupOption } from '../../../controllers/target-group-option.ts';
import type { HealthCheck } from '../../../model/aws.ts';
import { plainly, type Scene } from '../former.ts';
import { toHcl } from '../hcl.ts';
import { toYaml } from '../yaml.ts';
import { aclEntryForm } from './acl-entry-form.ts';
import { addOnForm } from './add-on-form.ts';
import { attachmentForm } from './attachment-form.ts';
import { listenerForm, newListenerForm } from './listener-form.ts';
import type { AwsChange, AwsForm } from './resource-form.ts';
import { ruleForm } from './rule-form.ts';
import { tagForm } from './tag-form.ts';

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
    case 'elbv2 create-listener':
      return newListenerForm(change, scene);
    case 'elbv2 add-tags':
    case 'ec2 create-tags':
    case 'ec2 delete-tags':
      return tagForm(change, scene);
    case 'ec2 create-network-acl-entry':
      return aclEntryForm(change, scene);
    case 'eks update-addon':
      return addOnForm(change, scene);
    case 'elbv2 set-subnets':
      return subnetsForm(change, scene);
    case 'elbv2 register-targets':
      return attachmentForm(change, scene);
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
    attribute: { key, value },
    terraform: toHcl('aws_lb_target_group', { [key.replace('.enabled', '')]: value === 'true' }),
    cloudformation: toYaml({ TargetGroupAttributes: [{ Key: key, Value: value }] }),
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
