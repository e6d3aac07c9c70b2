import type { Template } from '../../scripts/demo/deployment.ts';

/** A policy with every reference worked out. */
export interface Policy {
  name: string;
  policy: { Statement: { Effect: string; Action: string | string[] }[] };
}

/** Where the stack would be, and what CloudFormation would call its resources, by type. */
export interface Place {
  account: string;
  region: string;
  names: Record<string, string>;
}

/** The policies that a template attaches to the role whose logical id holds `role`. */
export function rolePolicies(template: Template, role: string, place: Place): Policy[] {
  return Object.entries(template.Resources)
    .filter(
      ([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles).includes(role),
    )
    .map(([name, { Properties }]) => ({
      name,
      policy: resolved(template, Properties.PolicyDocument, place) as Policy['policy'],
    }));
}

/** A value of a template with Ref, Fn::GetAtt and Fn::Join worked out. */
export function resolved({ Resources }: Template, value: unknown, { account, region, names }: Place): unknown {
  return resolve(value);

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
    if (typeof Ref === 'string') return Resources[Ref]?.Type === 'AWS::IAM::Role' ? Ref : arnOf(Ref);
    if (Array.isArray(attribute)) return arnOf(attribute[0]);
    if (Array.isArray(join)) return join[1].map(resolve).join(join[0]);
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, resolve(child)]));
  }

  function arnOf(logicalId: string): string {
    if (logicalId === 'AWS::Partition') return 'aws';
    if (logicalId === 'AWS::Region') return region;
    if (logicalId === 'AWS::AccountId') return account;
    const type = Resources[logicalId]?.Type ?? logicalId;
    if (type === 'AWS::IAM::Role') return `arn:aws:iam::${account}:role/${logicalId}`;
    if (type === 'AWS::Lambda::Function') return `arn:aws:lambda:${region}:${account}:function:${logicalId}`;
    if (type === 'AWS::SQS::Queue') return `arn:aws:sqs:${region}:${account}:${logicalId}`;
    return names[type] ?? `arn:aws:unknown:${region}:${account}:${logicalId}`;
  }
}
