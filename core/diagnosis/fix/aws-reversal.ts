import { forwardAction } from '../../controllers/listeners/forward-action.ts';
import { targetGroupOption } from '../../controllers/target-group-option.ts';
import type { HealthCheck } from '../../model/aws.ts';
import type { Change } from '../../model/fix.ts';
import { formerTag } from './aws/former-tag.ts';

import { revokedRule } from './aws/revoked-rule.ts';
import { awsCalls } from './aws-calls.ts';
import { type Former, plainly, type Scene } from './former.ts';
import { managedAddOn } from './owner/managed-add-on.ts';

const enforcement = 'enforce-security-group-inbound-rules-on-private-link-traffic';

type AwsChange = Extract<Change, { aws: string }>;

/** The call that restores what Facts show now; undefined where there is none, or where they do not show it. */
export function awsReversal({ aws, options }: AwsChange, scene: Scene, former: Former): AwsChange | undefined {
  const inverse = awsCalls[aws]?.inverse;
  if (inverse !== undefined) return { aws: inverse, options };
  switch (aws) {
    case 'elbv2 modify-target-group':
      return formerHealthCheck({ aws, options }, scene, former);
    case 'elbv2 modify-target-group-attributes':
      return formerAttribute({ aws, options }, scene, former);
    case 'elbv2 set-subnets':
      return formerSubnets({ aws, options }, scene, former);
    case 'elbv2 set-security-groups':
      return formerGroups({ aws, options }, scene, former);
    case 'elbv2 modify-listener':
      return formerListener({ aws, options }, scene, former);
    case 'ec2 create-tags':
    case 'ec2 delete-tags':
    case 'elbv2 add-tags':
      return formerTag({ aws, options }, scene, former);
    case 'ec2 revoke-security-group-ingress':
      return revokedRule({ aws, options }, scene, former);
    case 'iam put-role-policy':
      return {
        aws: 'iam delete-role-policy',
        options: { 'role-name': options['role-name'] ?? '', 'policy-name': options['policy-name'] ?? '' },
      };
    case 'eks update-addon':
      return formerConfiguration({ aws, options }, scene, former);
    case 'ec2 create-network-acl-entry':
      return {
        aws: 'ec2 delete-network-acl-entry',
        options: {
          'network-acl-id': options['network-acl-id'] ?? '',
          'rule-number': options['rule-number'] ?? '',
          '…': '{direction}',
        },
      };
    default:
      return undefined;
  }
}

function formerHealthCheck({ aws, options }: AwsChange, { group, values }: Scene, former: Former): AwsChange {
  const words = (options['…'] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => [values[name] ?? ''].flat().join(' '));
  const changed = [...Object.keys(options).map((name) => `--${name}`), ...words.split(' ')];
  const { healthCheck } = group.targetGroup;
  const restored = (Object.keys(healthCheck) as (keyof HealthCheck)[]).flatMap((name) => {
    const { option, value } = targetGroupOption(name, healthCheck[name] ?? '');
    return changed.includes(option) && healthCheck[name] !== undefined ? [[option.slice(2), former.keep(value)]] : [];
  });
  return {
    aws,
    options: { 'target-group-arn': options['target-group-arn'] ?? '', ...Object.fromEntries(restored) },
  };
}

function formerAttribute({ aws, options }: AwsChange, scene: Scene, former: Former): AwsChange | undefined {
  const key = plainly(/^Key=([^,]+)/.exec(options.attributes ?? '')?.[1] ?? '', scene.values);
  const value = scene.group.targetGroup.attributes[key];
  return value === undefined
    ? undefined
    : { aws, options: { ...options, attributes: `Key=${key},Value=${former.keep(value)}` } };
}

function formerSubnets({ aws, options }: AwsChange, { group }: Scene, former: Former): AwsChange | undefined {
  const zones = group.loadBalancer?.zones ?? [];
  return zones.length === 0
    ? undefined
    : { aws, options: { ...options, subnets: former.keep(zones.map(({ subnetId }) => subnetId)) } };
}

function formerGroups({ aws, options }: AwsChange, { group }: Scene, former: Former): AwsChange {
  const { securityGroups = [], privateLinkEnforcement = 'on' } = group.loadBalancer ?? {};
  const restored = {
    'security-groups': former.keep(securityGroups),
    [enforcement]: former.keep(privateLinkEnforcement),
  };
  return { aws, options: { ...options, ...restored } };
}

/** Only where the call gives a configuration; what an update without one overwrites is not known. */
function formerConfiguration({ aws, options }: AwsChange, { facts }: Scene, former: Former): AwsChange | undefined {
  const addOn = managedAddOn(options['addon-name'], facts);
  if (options['configuration-values'] === undefined || addOn?.configuration === undefined) return undefined;
  return { aws, options: { ...options, 'configuration-values': former.keep(JSON.stringify(addOn.configuration)) } };
}

function formerListener({ aws, options }: AwsChange, { group, values }: Scene, former: Former): AwsChange | undefined {
  const arn = plainly(options['listener-arn'] ?? '', values);
  const listener = group.listeners.find((each) => each.arn === arn);
  if (listener === undefined) return undefined;
  const restored = {
    ...(options['default-actions'] !== undefined && {
      'default-actions': former.keep(forwardAction(listener.forwards)),
    }),
    ...(options['alpn-policy'] !== undefined && { 'alpn-policy': former.keep(listener.alpnPolicy ?? 'None') }),
  };
  return { aws, options: { ...options, ...restored } };
}
