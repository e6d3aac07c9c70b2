import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** A role for Lambda functions that may do nothing yet. */
export function functionRole(scope: Construct, id: string, { path }: { path?: string } = {}): iam.Role {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    ...(path !== undefined && { path }),
  });
  acknowledge(role, {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Describe and List actions, the network interfaces of Lambda, the list of streams and X-Ray know no narrower resource.',
  });
  return role;
}
