import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

export interface MessageTopicProps {
  key: kms.IKey;
  /** Addresses that are asked to confirm a subscription. */
  emails: string[];
}

/** An encrypted topic that takes messages over TLS only. */
export function messageTopic(scope: Construct, id: string, { key, emails }: MessageTopicProps): sns.Topic {
  const topic = new sns.Topic(scope, id, { masterKey: key, enforceSSL: true });
  for (const email of emails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
