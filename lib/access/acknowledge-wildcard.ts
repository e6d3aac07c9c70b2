import { Stack, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** Says to cdk-nag why a policy of the role may hold this ARN with its wildcard. */
export function acknowledgeWildcard(role: iam.IRole, arn: string, reason: string): void {
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${asPrinted(Stack.of(role).resolve(arn))}]`,
    reason,
  });
}

/** References as cdk-nag prints them: `<LogicalId>`, or `<LogicalId.Attribute>`. */
function asPrinted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  if (Array.isArray(join)) return join[1].map(asPrinted).join(join[0]);
  return `<${Ref}>`;
}
