import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { notifiersOf } from './access/notifier-role.ts';

/**
 * The key of the topics. CloudWatch may use it: an alarm cannot publish to a topic under the AWS managed key
 * (Amazon SNS developer guide, "Enable compatibility between event sources from AWS services and encrypted topics").
 * With an organization its notifiers may use the key too, through SNS alone.
 */
export function messageKey(scope: Construct, id: string, organizationId?: string): kms.Key {
  const key = new kms.Key(scope, id, { enableKeyRotation: true, description: 'Messages of eks-nlb-auditor' });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  if (organizationId !== undefined) {
    const inOrganization = notifiersOf(organizationId);
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: {
          ...inOrganization,
          StringEquals: {
            ...inOrganization.StringEquals,
            'kms:ViaService': `sns.${Stack.of(scope).region}.amazonaws.com`,
          },
        },
      }),
    );
  }
  return key;
}
