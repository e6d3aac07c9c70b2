import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './access/acknowledge.ts';
import { acknowledgeWildcard } from './access/acknowledge-wildcard.ts';

/** Private reports, deleted after so many days; the bucket outlives the stack. */
export function reportsBucket(scope: Construct, id: string, days: number): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(days) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(bucket, {
    id: 'AwsSolutions-S1',
    reason: 'Reports are read by links that expire within days, as the reports do; data events of CloudTrail tell who.',
  });
  return bucket;
}

/** What the stages of a run leave to each other, deleted after a day. */
export function plansBucket(scope: Construct, id: string): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(1) }],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  acknowledge(bucket, {
    id: 'AwsSolutions-S1',
    reason: 'Only functions of this stack read and write it; data events of CloudTrail tell which.',
  });
  return bucket;
}

/** The ARN of every report, for policies of these roles. */
export function allReports(bucket: s3.Bucket, ...roles: iam.Role[]): string {
  const arn = bucket.arnForObjects('*');
  for (const role of roles) acknowledgeWildcard(role, arn, 'The bucket holds reports and nothing else.');
  return arn;
}
