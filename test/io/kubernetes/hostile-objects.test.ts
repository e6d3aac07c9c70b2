import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { gatewayKinds } from '../../../config/gateway-kinds.ts';
import type { Cluster } from '../../../core/model/aws.ts';
import type { Clients } from '../../../io/aws/clients.ts';
import type { Connection } from '../../../io/kubernetes/client/connection.ts';
import type * as Lists from '../../../io/kubernetes/client/list.ts';
import { pool } from '../../../io/kubernetes/client/pool.ts';
import { readCluster } from '../../../io/kubernetes/cluster.ts';
import { engineKinds } from '../../../io/kubernetes/engine-policy-kinds.ts';
import type * as Names from '../../../io/kubernetes/named.ts';

const key = `AK${'IA'}${'Q'.repeat(16)}`;
const acting = '\u001b]52;c;cHduZWQ=\u0007\r\u202e\u200b\u{e0041}\ud800';
const hostile = `token=${key} ${acting} ${'x'.repeat(100_000)}`;

/** An object of this JSON schema in which every text is hostile. */
function hostileValue(schema: z.core.JSONSchema._JSONSchema, field: string): unknown {
  if (typeof schema === 'boolean') return hostile;
  const options = schema.anyOf ?? [];
  if (options.length > 0) {
    const option = options.find(({ type }) => type === 'string') ?? options.find(({ type }) => type !== 'null');
    return hostileValue(option ?? true, field);
  }
  const types = [schema.type].flat();
  if (types.includes('string')) return isTime.test(field) ? `Thu, 01 Jan 2026 00:00:00 GMT (${key})` : hostile;
  if (types.includes('number') || types.includes('integer')) return 1;
  if (types.includes('boolean')) return true;
  if (types.includes('array')) return [hostileValue(schema.items as z.core.JSONSchema._JSONSchema, field)];
  if (schema.properties === undefined) return { [hostile]: hostile };
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, inner]) => [name, hostileValue(inner, name)]),
  );
}

const isTime = /time|(?:started|finished)At$/i;

const hostileFor = (shape: z.ZodType): unknown => hostileValue(z.toJSONSchema(shape, { io: 'input' }), '');

// The reads of the API server stay as they are; what it answers fits the shape that they expect, and is hostile everywhere.
vi.mock('../../../io/kubernetes/client/list.ts', async (original) => {
  const { list } = await original<typeof Lists>();
  const hostileList: typeof list = (connection, listing, kept) =>
    list({ ...connection, json: async () => ({ items: [hostileFor(listing.shape)] }) }, listing, kept);
  return { list: hostileList };
});
vi.mock('../../../io/kubernetes/named.ts', async (original) => {
  const { readNamed } = await original<typeof Names>();
  const hostileNamed: typeof readNamed = (connection, named) =>
    readNamed({ ...connection, json: async () => hostileFor(named.shape) }, named);
  return { readNamed: hostileNamed };
});

const connection: Connection = {
  json: async ({ path }) =>
    path === '/apis'
      ? {
          groups: ['eks.amazonaws.com', ...[...engineKinds, ...gatewayKinds].map(({ group }) => group)].map((name) => ({
            name,
          })),
        }
      : undefined,
  text: async () => hostile,
  pool: pool(),
  signal: new AbortController().signal,
  close: async () => undefined,
};

interface Text {
  path: string;
  text: string;
}

function textsIn(value: unknown, path: string): Text[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = Array.isArray(value) ? `${path}[]` : `${path}.${/^\w{1,30}$/.test(name) ? name : '*'}`;
    return [...(Array.isArray(value) ? [] : [{ path: `${here} (key)`, text: name }]), ...textsIn(inner, here)];
  });
}

test('whatever stands in any field of any object of a cluster, it is short, without characters that act and without secrets in Facts', async () => {
  const cluster = { name: 'shop', endpoint: 'https://api', autoModeLoadBalancing: true } as Cluster;
  const clients = { signal: connection.signal, kubernetes: () => connection } as unknown as Clients;
  const { slices, gaps } = await readCluster(clients, cluster);
  expect(gaps).toEqual([]);
  expect(Object.entries(slices).filter(([, slice]) => slice.length === 0)).toEqual([]);

  const texts = textsIn(slices, '');
  expect(texts.filter(({ text }) => text.includes('\uFFFD')).length).toBeGreaterThan(100);
  expect(
    texts.filter(({ text }) => /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{DI}]/u.test(text)).map(({ path }) => path),
  ).toEqual([]);
  expect(texts.filter(({ text }) => text.length > 66_000).map(({ path }) => path)).toEqual([]);
  const identities = /\.(?:name|namespace|uid|nodeName|image|pod|container|controller|hints\.(?:zones|nodes)\[\])$/;
  expect(
    texts.filter(({ path, text }) => text.includes(key) && !identities.test(path)).map(({ path }) => path),
  ).toEqual([]);
});
