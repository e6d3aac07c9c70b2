import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { notifiersOf } from './access/notifier-role.ts';

export interface MessageTopicProps {
  key: kms.IKey;
  /** Addresses that are asked to confirm a subscription. */
  emails: string[];
  /** The notifiers of this organization may publish. */
  organizationId?: string | undefined;
  /** CloudWatch alarms of this account publish there. */
  forAlarms?: true;
}

/**
 * An encrypted topic that takes messages over TLS only. The rule about TLS replaces the default policy, so everything that
 * publishes without a role of this account needs a statement here (Amazon SNS developer guide, "Example cases for Amazon
 * SNS access control").
 */
export function messageTopic(scope: Construct, id: string, props: MessageTopicProps): sns.Topic {
  const { key, emails, organizationId, forAlarms } = props;
  const topic = new sns.Topic(scope, id, { masterKey: key, enforceSSL: true });
  for (const email of emails) topic.addSubscription(new EmailSubscription(email));
  if (organizationId !== undefined) {
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: notifiersOf(organizationId),
      }),
    );
  }
  if (forAlarms) {
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    );
  }
  return topic;
}
