import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { renderSns } from '../../core/render/message/sns.ts';
import { deliverBy } from './aws-delivery.ts';
import type { Delivery, Sink } from './sink.ts';

export interface SnsOptions {
  name: string;
  client: SNSClient;
  topicArn: string;
}

/** Publishes to an SNS topic; subscriptions filter by the message attributes. */
export function snsSink({ name, client, topicArn }: SnsOptions): Sink {
  return {
    name,
    async send(message, { vpcId, reportUrl, signal }) {
      const { subject, bodies, attributes } = renderSns(message, { vpcId, reportUrl });
      const command = new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        MessageStructure: 'json',
        Message: JSON.stringify(bodies),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
        ),
      });
      return deliverBy('sns:Publish', signal, async (): Promise<Delivery> => {
        const { MessageId } = await client.send(command, { abortSignal: signal });
        return MessageId ? { kind: 'sent' } : { kind: 'refused', reason: 'sns:Publish: the answer has no MessageId' };
      });
    },
  };
}
