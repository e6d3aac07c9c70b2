import { randomUUID } from 'node:crypto';
import type { Delivery } from '../lab.ts';
import type { Parameters } from './aws/parameters.ts';
import { queryProtocol } from './aws/query-protocol.ts';
import { answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

interface MessageAttribute {
  DataType: string;
  StringValue: string;
}

const protocol = queryProtocol('http://sns.amazonaws.com/doc/2010-03-31/');

/** SNS, as far as Publish to a topic that exists; what passes its limits is handed to `deliver`. */
export const sns = (deliver: (delivery: Delivery) => void): Service => ({
  protocol,
  denied: (sentence) => new ServiceError('AuthorizationError', sentence, 403),
  throttled: () => new ServiceError('Throttled', 'Rate exceeded', 429),
  answer: answerBy(protocol, {
    Publish: (parameters, { topics }) => {
      const { TopicArn = parameters['TargetArn'] ?? '', Subject, Message = '', MessageStructure } = parameters;
      if (!topics.includes(TopicArn)) throw new ServiceError('NotFound', 'Topic does not exist', 404);
      const MessageAttributes = readAttributes(parameters);
      refuseInvalid({ Subject, Message, MessageStructure, MessageAttributes });
      const body = { TopicArn, Subject, Message, MessageStructure, MessageAttributes };
      deliver({ channel: 'sns', body, at: new Date().toISOString() });
      return { MessageId: randomUUID() };
    },
  }),
});

function readAttributes(parameters: Parameters): Record<string, MessageAttribute> {
  const attributes: Record<string, MessageAttribute> = {};
  for (let index = 1; ; index++) {
    const entry = `MessageAttributes.entry.${index}`;
    const name = parameters[`${entry}.Name`];
    if (name === undefined) return attributes;
    attributes[name] = {
      DataType: parameters[`${entry}.Value.DataType`] ?? '',
      StringValue: parameters[`${entry}.Value.StringValue`] ?? '',
    };
  }
}

interface Message {
  Subject: string | undefined;
  Message: string;
  MessageStructure: string | undefined;
  MessageAttributes: Record<string, MessageAttribute>;
}

/** Limits of Publish in the SNS API reference: 256 KB in all, subject of at most 100 printable ASCII characters. */
function refuseInvalid({ Subject, Message, MessageStructure, MessageAttributes }: Message): void {
  const attributes = Object.entries(MessageAttributes);
  const attributeBytes = attributes.flatMap(([name, { DataType, StringValue }]) => [name, DataType, StringValue]);
  const bytes = [Message, ...attributeBytes].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (Message === '') throw invalid('Empty message');
  if (bytes > 256 * 1024) throw invalid('Message too long');
  if (Subject !== undefined && !/^[!-~][ -~]{0,99}$/.test(Subject)) throw invalid('Subject');
  if (MessageStructure !== undefined) refuseInvalidStructure(MessageStructure, Message);
  // Subscribers with raw delivery drop a message with more than 10 attributes.
  if (attributes.length > 10) throw invalid('Too many message attributes');
  for (const [name, { DataType, StringValue }] of attributes) {
    const known = /^(String|String\.Array|Number|Binary)(\..+)?$/.test(DataType);
    if (!known || StringValue === '' || !/^(?!AWS\.|Amazon\.)[\w.-]{1,256}$/i.test(name)) {
      throw new ServiceError('ParameterValueInvalid', `The message attribute '${name}' is not valid`);
    }
  }
}

function refuseInvalidStructure(structure: string, message: string): void {
  if (structure !== 'json') throw invalid('MessageStructure');
  if (typeof parse(message)['default'] === 'string') return;
  throw invalid('Message Structure - No default entry in JSON message body');
}

function parse(message: string): Record<string, unknown> {
  try {
    return JSON.parse(message) as Record<string, unknown>;
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
}

const invalid = (reason: string): ServiceError => new ServiceError('InvalidParameter', `Invalid parameter: ${reason}`);
