import { Arn, ArnFormat } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** Lets a role publish to topics that a key of another account encrypts, by way of SNS alone. */
export function allowKey(role: iam.Role, keyArn: string): void {
  const { region } = Arn.split(keyArn, ArnFormat.SLASH_RESOURCE_NAME);
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
    }),
  );
}
