import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as eks from '@aws-sdk/client-eks';
import * as elasticloadbalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as events from '@aws-sdk/client-eventbridge';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef, StaticOperationSchema } from '@smithy/types';
import type { ApiModel, Member, Shape, WireProtocol } from './shape.ts';

const clients: Record<string, { protocol: WireProtocol; schemas: Record<string, unknown> }> = {
  cloudtrail: { protocol: 'json', schemas: { ...cloudtrail } },
  dynamodb: { protocol: 'json', schemas: { ...dynamodb } },
  ec2: { protocol: 'ec2', schemas: { ...ec2 } },
  eks: { protocol: 'rest-json', schemas: { ...eks } },
  elasticloadbalancing: { protocol: 'query', schemas: { ...elasticloadbalancing } },
  events: { protocol: 'json', schemas: { ...events } },
  logs: { protocol: 'json', schemas: { ...logs } },
  monitoring: { protocol: 'json', schemas: { ...cloudwatch } },
  s3: { protocol: 'rest-xml', schemas: { ...s3 } },
  secretsmanager: { protocol: 'json', schemas: { ...secretsmanager } },
  sns: { protocol: 'query', schemas: { ...sns } },
  sts: { protocol: 'query', schemas: { ...sts } },
};

/** The models that the clients of the AWS SDK carry: names, types and required members, but no enums and no limits. */
export const sdkModel: ApiModel = (service, action) => {
  const client = clients[service];
  const schema = client?.schemas[`${action}$`] as StaticOperationSchema | undefined;
  if (client === undefined || schema === undefined) return undefined;
  const [, , , , input, output] = schema;
  return {
    protocol: client.protocol,
    input: shapeOf(NormalizedSchema.of(input), requestName(client.protocol)),
    output: shapeOf(NormalizedSchema.of(output), answerName),
  };
};

type WireName = (name: string, traits: Traits) => string;
type Traits = Record<string, unknown>;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const answerName: WireName = (name, traits) => textOf(traits['xmlName'] ?? traits['jsonName']) ?? name;

/** EC2 capitalizes the XML name in requests, unless a trait names the parameter. */
const requestName =
  (protocol: WireProtocol): WireName =>
  (name, traits) => {
    if (protocol === 'rest-json') return textOf(traits['httpQuery']) ?? answerName(name, traits);
    if (protocol === 'rest-xml') return textOf(traits['httpQuery'] ?? traits['httpHeader']) ?? answerName(name, traits);
    if (protocol !== 'ec2') return answerName(name, traits);
    const capital = answerName(name, traits).replace(/^./, (letter) => letter.toUpperCase());
    return textOf(traits['ec2QueryName']) ?? capital;
  };

function shapeOf(schema: NormalizedSchema, wireName: WireName): Shape {
  if (schema.isListSchema()) {
    const of = schema.getValueSchema();
    return { kind: 'list', element: elementName(of), of: () => shapeOf(of, wireName) };
  }
  if (schema.isMapSchema()) {
    const of = schema.getValueSchema();
    return { kind: 'map', of: () => shapeOf(of, wireName) };
  }
  if (schema.isStructSchema()) return structure(schema, wireName);
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return { kind: 'number' };
  if (schema.isBooleanSchema()) return { kind: 'boolean' };
  if (schema.isTimestampSchema()) return { kind: 'timestamp' };
  if (schema.isDocumentSchema()) return { kind: 'document' };
  return { kind: 'string' };
}

const elementName = (schema: NormalizedSchema): string => textOf(traitsOf(schema)['xmlName']) ?? 'member';

const traitsOf = (schema: NormalizedSchema): Traits => ({ ...schema.getMergedTraits() });

/** The members that are required stand first; the schema says how many they are. */
function structure(schema: NormalizedSchema, wireName: WireName): Shape {
  const raw = schema.getSchema() as readonly SchemaRef[];
  const required = typeof raw[6] === 'number' ? raw[6] : 0;
  const members = [...schema.structIterator()].map(([name, member], index): [string, Member] => [
    wireName(name, traitsOf(member)),
    { shape: () => shapeOf(member, wireName), required: index < required },
  ]);
  return { kind: 'structure', union: schema.isUnionSchema(), members: Object.fromEntries(members) };
}
