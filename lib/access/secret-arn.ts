import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The ARN of a secret known by name; Secrets Manager ends it with a hyphen and six characters of its own. */
export function secretArn(scope: Construct, name: string): string {
  const prefix = Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return `${prefix}-??????`;
}
