import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { functionRole } from './function-role.ts';

/** The path of the role of every notifier, whatever its deployment is called: by it a central account knows them. */
const path = '/eks-nlb-auditor/notifier/';

/** The role of a notifier, which may do nothing yet. */
export const notifierRole = (scope: Construct, id: string): iam.Role => functionRole(scope, id, { path });

/**
 * Admits the notifiers of an organization and no other principal of it. For a role that was assumed `aws:PrincipalArn` is
 * the ARN of the role with its path (IAM user guide, "AWS global condition context keys").
 */
export const notifiersOf = (organizationId: string) => ({
  StringEquals: { 'aws:PrincipalOrgID': organizationId },
  ArnLike: { 'aws:PrincipalArn': `arn:*:iam::*:role${path}*` },
});
