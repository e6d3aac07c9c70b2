import * as ec2 from '@aws-sdk/client-ec2';
import * as eks from '@aws-sdk/client-eks';
import * as elasticloadbalancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';
import { HttpResponse } from '@smithy/protocol-http';
import type { StaticOperationSchema } from '@smithy/types';
import { expect, test } from 'vitest';
import { awsActions } from '../../../config/permissions.ts';
import { clientsOf } from './fake-aws.ts';

const key = `AK${'IA'}${'Q'.repeat(16)}`;
const hostile = `token=${key} \u001b]52;c;cHduZWQ=\u0007\r\u202e\u200b\u{e0041}\ud800 ${'x'.repeat(1_000_000)}`;

/** An answer of this schema, as the SDK reads it, in which every text is hostile; schemas that hold themselves end. */
function hostileValue(schema: NormalizedSchema, depth = 0): unknown {
  if (schema.isListSchema()) return depth > 12 ? [] : [hostileValue(schema.getValueSchema(), depth + 1)];
  if (schema.isMapSchema()) return { [hostile]: hostileValue(schema.getValueSchema(), depth + 1) };
  if (schema.isStructSchema()) {
    const members = depth > 12 ? [] : [...schema.structIterator()];
    return Object.fromEntries(members.map(([name, member]) => [name, hostileValue(member, depth + 1)]));
  }
  if (schema.isNumericSchema()) return 1;
  if (schema.isBooleanSchema()) return true;
  return schema.isTimestampSchema() ? new Date(0) : hostile;
}

/** What all clients of the SDK have. */
interface AnyClient {
  middlewareStack: { add(middleware: () => () => Promise<object>, options: object): void };
  send(command: object): Promise<{ $metadata?: object }>;
}

const isClient = (value: unknown): value is AnyClient =>
  typeof value === 'object' && value !== null && 'middlewareStack' in value;

interface Text {
  path: string;
  text: string;
}

function textsIn(value: unknown, path = ''): Text[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object' || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = Array.isArray(value) ? `${path}[]` : `${path}.${/^\w{1,60}$/.test(name) ? name : '*'}`;
    return [...(Array.isArray(value) ? [] : [{ path: `${here} (key)`, text: name }]), ...textsIn(inner, here)];
  });
}

const packages: Record<string, object> = { ec2, eks, elasticloadbalancing, sts };
const reads = awsActions.filter(({ action, function: caller }) => {
  const [service = '', name = ''] = action.split(':');
  return caller === 'auditor' && service in packages && `${name}Command` in (packages[service] ?? {});
});

/** What identifies something may look like a key, and is found by it; it is only without characters that act, and short. */
const isIdentity = (path: string): boolean =>
  /\.(?:[A-Z]\w*(?:Ids?|Arns?|Name|Token|Marker)|Marker|nextToken|name|arn|id|data|endpoint|issuer)(?:\[\])*$/.test(
    path,
  );

test('every action of an audit is walked', () => {
  expect(reads.length).toBeGreaterThanOrEqual(19);
});

test.each(reads.map(({ action }) => action))(
  'whatever stands in any text of an answer to %s, it is short, without characters that act and without secrets',
  async (action) => {
    const [service = '', name = ''] = action.split(':');
    const [, , , , , output] = Reflect.get(packages[service] ?? {}, `${name}$`) as StaticOperationSchema;
    const answer = hostileValue(NormalizedSchema.of(output)) as object;
    const clients = await clientsOf(() => {});
    const { ec2, eks, elbv2, sts } = clients;
    const client: unknown = Reflect.get({ ec2, eks, elasticloadbalancing: elbv2, sts }, service);
    if (!isClient(client)) throw new Error(`no client of ${service}`);
    client.middlewareStack.add(
      () => async () => ({
        output: { ...answer, $metadata: {} },
        response: new HttpResponse({ statusCode: 200 }),
      }),
      { step: 'deserialize', priority: 'high' },
    );
    const Sent: new (input: object) => object = Reflect.get(packages[service] ?? {}, `${name}Command`);
    const { $metadata: _, ...read } = await client.send(
      new Sent({ name: 'shop', clusterName: 'shop', addonName: 'vpc-cni' }),
    );
    const texts = textsIn(read);
    expect(texts.length).toBeGreaterThan(1);
    expect(
      texts.filter(({ text }) => /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{DI}]/u.test(text)).map(({ path }) => path),
    ).toEqual([]);
    expect(texts.filter(({ text }) => text.length > 16_500).map(({ path }) => path)).toEqual([]);
    expect(texts.filter(({ path, text }) => text.includes(key) && !isIdentity(path)).map(({ path }) => path)).toEqual(
      [],
    );
  },
);
