import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect } from 'vitest';
import { clientOf, test } from './lab-fixture.ts';
import { topicArn } from './small-world.ts';

const attributes = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`a${index}`, { DataType: 'String', StringValue: 'v' }]),
  );

const valid: Record<string, Partial<PublishCommandInput>> = {
  'a message with subject and attributes': { Subject: 'Opened: web', MessageAttributes: attributes(10) },
  'a message of 256 KB': { Message: 'x'.repeat(256 * 1024) },
  'a message per protocol': { Message: '{"default":"text"}', MessageStructure: 'json' },
};

const invalid: Record<string, Partial<PublishCommandInput>> = {
  'a message above 256 KB': { Message: 'x'.repeat(256 * 1024 + 1) },
  'a message that attributes lift above 256 KB': { Message: 'x'.repeat(256 * 1024), MessageAttributes: attributes(1) },
  'an empty message': { Message: '' },
  'a subject above 100 characters': { Subject: 'x'.repeat(101) },
  'a subject with a line break': { Subject: 'a\nb' },
  'a subject beyond ASCII': { Subject: 'für Sie' },
  'a message per protocol without default': { Message: '{"email":"text"}', MessageStructure: 'json' },
  'a message per protocol that is no JSON': { Message: 'text', MessageStructure: 'json' },
  'eleven attributes': { MessageAttributes: attributes(11) },
  'an empty attribute': { MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
};

describe('SNS of the lab', () => {
  test.for(Object.entries(valid))('delivers %s', async ([, input], { start }) => {
    const lab = await start();
    const message = { TopicArn: topicArn, Message: 'text', ...input };
    const { MessageId } = await new SNSClient(clientOf(lab)).send(new PublishCommand(message));
    expect(MessageId).toBeTypeOf('string');
    expect(lab.deliveries).toMatchObject([{ channel: 'sns', body: message }]);
  });

  test.for(Object.entries(invalid))('refuses %s', async ([, input], { start }) => {
    const lab = await start();
    const message = { TopicArn: topicArn, Message: 'text', ...input };
    const sent = new SNSClient(clientOf(lab)).send(new PublishCommand(message));
    await expect(sent).rejects.toMatchObject({ name: expect.stringMatching(/^InvalidParameter/) });
    expect(lab.deliveries).toEqual([]);
  });

  test('refuses a topic that does not exist', async ({ start }) => {
    const message = { TopicArn: `${topicArn}s`, Message: 'text' };
    const sent = new SNSClient(clientOf(await start())).send(new PublishCommand(message));
    await expect(sent).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
