import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface MessageTopicProps {
  key: kms.IKey;
  /** Addresses that are asked to confirm a subscription. */
  emails: string[];
  /** Accounts of this organization may publish. */
  organizationId?: string | undefined;
}

/** An encrypted topic that takes messages over TLS only. */
export function messageTopic(scope: Construct, id: string, props: MessageTopicProps): sns.Topic {
  const { key, emails, organizationId } = props;
  const topic = new sns.Topic(scope, id, { masterKey: key, enforceSSL: true });
  for (const email of emails) topic.addSubscription(new EmailSubscription(email));
  if (organizationId !== undefined) {
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
      }),
    );
  }
  return topic;
}
