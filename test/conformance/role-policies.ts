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
export function rolePolicies({ Resources }: Template, role: string, place: Place): Policy[] {
  return Object.entries(Resources)
    .filter(
      ([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties.Roles).includes(role),
    )
    .map(([name, { Properties }]) => ({ name, policy: resolve(Properties.PolicyDocument) as Policy['policy'] }));

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
    if (typeof Ref === 'string') return arnOf(Ref);
    if (Array.isArray(attribute)) return arnOf(attribute[0]);
    if (Array.isArray(join)) return join[1].map(resolve).join(join[0]);
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, resolve(child)]));
  }

  function arnOf(logicalId: string): string {
    if (logicalId === 'AWS::Partition') return 'aws';
    if (logicalId === 'AWS::Region') return place.region;
    if (logicalId === 'AWS::AccountId') return place.account;
    const type = Resources[logicalId]?.Type ?? logicalId;
    return place.names[type] ?? `arn:aws:unknown:${place.region}:${place.account}:${logicalId}`;
  }
}
