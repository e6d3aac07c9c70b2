import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Says to cdk-nag why a policy of the role, or within another construct, may hold this ARN with its wildcard. */
export function acknowledgeWildcard(scope: IConstruct, arn: string, reason: string): void {
  acknowledge(scope, {
    id: `AwsSolutions-IAM5[Resource::${asPrinted(Stack.of(scope).resolve(arn))}]`,
    reason,
  });
}

/** References as cdk-nag prints them: `<LogicalId>`, or `<LogicalId.Attribute>`; other functions of CloudFormation as JSON. */
function asPrinted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  if (Array.isArray(join)) return join[1].map(asPrinted).join(join[0]);
  return typeof Ref === 'string' ? `<${Ref}>` : JSON.stringify(value);
}
