import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Pod } from '../../../core/model/kubernetes.ts';
import { isThrottle, refusalOf } from '../../../io/aws/refusal.ts';
import { readPods } from '../../../io/kubernetes/pods.ts';
import { readServices } from '../../../io/kubernetes/services.ts';
import { type Answer, refuse, serve, whileTimeFlies } from './api-server.ts';

const pod = (name: string) => ({
  metadata: { name, namespace: 'web', uid: name, managedFields: [{ manager: 'kubelet' }] },
  spec: { containers: [] },
  status: {},
});
const page = (names: string[], token?: string) => ({
  status: 200,
  body: { kind: 'PodList', metadata: { ...(token && { continue: token }) }, items: names.map(pod) },
});
const running = new AbortController().signal;
const namesOf = (pods: Pod[]) => pods.map(({ metadata }) => metadata.name);
const failureOf = (reading: Promise<unknown>) => reading.then(() => undefined).catch((error: unknown) => error);

test.each<[string, Answer]>([
  ['items that are null', { status: 200, body: { metadata: {}, items: null } }],
  ['an empty object', { status: 200, body: {} }],
  ['null', { status: 200, body: null }],
  ['a list', { status: 200, body: [] }],
  ['nothing', { status: 200, body: '' }],
  ['HTML', { status: 200, body: '<html></html>' }],
  ['HTML that is called so', { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } }],
  ['JSON that is called text', { ...page(['a']), headers: { 'content-type': 'text/plain' } }],
  ['JSON that breaks off', { status: 200, body: '{"items":[{"metadata":' }],
  ['broken gzip', { status: 200, body: 'no gzip', headers: { 'content-encoding': 'gzip' } }],
  [
    'gzip that breaks off',
    { status: 200, body: gzipSync('{"items":[]}').subarray(0, 20), headers: { 'content-encoding': 'gzip' } },
  ],
  ['an encoding that was not requested', { ...page(['a']), headers: { 'content-encoding': 'br' } }],
  ['a redirect', { status: 302, body: {}, headers: { location: 'https://elsewhere.example/api/v1/pods' } }],
  ['items that are no objects', { status: 200, body: { items: ['pod'] } }],
  ['an object without a name', { status: 200, body: { items: [{ metadata: {}, spec: { containers: [] } }] } }],
  ['a time that is none', { status: 200, body: { items: [{ metadata: { name: 'a', creationTimestamp: 'soon' } }] } }],
])('%s is an invalid answer', async (_name, answer) => {
  const { connection } = await serve(() => answer);
  expect(refusalOf(await failureOf(readPods(connection)), running)).toMatchObject({ reason: 'invalid' });
});

test('a body without end is read up to a bound', async () => {
  const large = gzipSync(Buffer.alloc(80 * 2 ** 20, ' '));
  const { connection } = await serve(() => ({ status: 200, body: large, headers: { 'content-encoding': 'gzip' } }));
  expect(refusalOf(await failureOf(readPods(connection)), running)).toEqual({
    reason: 'invalid',
    message: 'the answer has more than 65536 KiB; the rest was not read',
  });
});

test('the same continue token twice ends the list, and what was read is kept', async () => {
  const { connection, requests } = await serve((_url, request) => page([`pod-${request}`], 'again'));
  const kept: Pod[] = [];
  const error = await failureOf(readPods(connection, kept));
  expect(refusalOf(error, running)).toEqual({
    reason: 'invalid',
    message: 'the same continue token came twice, after 2 objects',
  });
  expect(namesOf(kept)).toEqual(['pod-1', 'pod-2']);
  expect(requests).toHaveLength(2);
});

test('tokens that take turns end the list too', async () => {
  const { connection } = await serve((_url, request) => page([], `token-${request % 3}`));
  expect(refusalOf(await failureOf(readPods(connection)), running)).toMatchObject({ reason: 'invalid' });
});

test('objects without the shape are counted, the others are kept', async () => {
  const items = [pod('a'), { metadata: { name: 'b', labels: ['x'] } }, { metadata: 7 }, pod('c')];
  const { connection } = await serve(() => ({ status: 200, body: { items } }));
  const kept: Pod[] = [];
  expect(refusalOf(await failureOf(readPods(connection, kept)), running)).toEqual({
    reason: 'invalid',
    message: expect.stringMatching(/^2 of 4 objects cannot be used: metadata\.labels: /),
  });
  expect(namesOf(kept)).toEqual(['a', 'c']);
});

test.each([
  ['429', (): Answer => ({ ...refuse(429, 'slower'), status: 429, body: {}, headers: { 'retry-after': '1' } })],
  ['503', (): Answer => refuse(503, 'no leader')],
  ['500', (): Answer => refuse(500, 'etcdserver: request timed out')],
])('one %s costs a try and no page', async (_name, refusal) => {
  const { connection, requests } = await serve((url, request) => {
    if (request === 2) return refusal();
    return url.searchParams.has('continue') ? page(['b']) : page(['a'], 'more');
  });
  expect(namesOf(await readPods(connection))).toEqual(['a', 'b']);
  expect(requests).toHaveLength(3);
});

test('a connection that is reset is tried again', async () => {
  const { connection, requests } = await serve((_url, request) => {
    if (request > 2) return page(['a']);
    requests.at(-1)?.socket.destroy();
    return undefined;
  });
  expect(namesOf(await readPods(connection))).toEqual(['a']);
  expect(requests).toHaveLength(3);
});

test('an answer that breaks off is read again', async () => {
  const cut = { 'content-length': '1000', connection: 'close' };
  const { connection, requests } = await serve((_url, request) =>
    request === 1 ? { status: 200, body: '{"items":[', headers: cut } : page(['a']),
  );
  expect(namesOf(await readPods(connection))).toEqual(['a']);
  expect(requests).toHaveLength(2);
});

test.each<[string, Answer, string]>([
  ['does not answer', undefined, 'no answer within 10000 ms'],
  [
    'stops in the middle',
    { status: 200, body: '{"items":[', headers: { 'content-length': '1000' } },
    'the answer stopped for 10000 ms',
  ],
])('a server that %s is not waited for', async (_name, answer, message) => {
  const { connection, requests } = await serve(() => answer);
  const failure = await whileTimeFlies(() => failureOf(readPods(connection)));
  expect(refusalOf(failure, running)).toEqual({ reason: 'unreachable', message });
  expect(requests).toHaveLength(1);
});

test('closing the connection ends what is still being read', async () => {
  const { connection, requests } = await serve(() => void connection.close());
  expect(await failureOf(readPods(connection))).toBeDefined();
  expect(requests).toHaveLength(1);
});

test('Retry-After is waited for', async () => {
  const { connection } = await serve((_url, request) =>
    request === 1 ? { status: 429, body: {}, headers: { 'retry-after': '1' } } : page(['a']),
  );
  const began = performance.now();
  await readPods(connection);
  expect(performance.now() - began).toBeGreaterThanOrEqual(1000);
});

test('a server that stays busy is given up after four tries, and so is at once one that asks for a long pause', async () => {
  const busy = await serve(() => refuse(429, 'too many requests'));
  expect(isThrottle(await failureOf(readPods(busy.connection)))).toBe(true);
  expect(busy.requests).toHaveLength(4);
  const closed = await serve(() => ({ status: 429, body: {}, headers: { 'retry-after': '3600' } }));
  expect(isThrottle(await failureOf(readPods(closed.connection)))).toBe(true);
  expect(closed.requests).toHaveLength(1);
});

test('a refusal is not tried again', async () => {
  const { connection, requests } = await serve(() => refuse(403, 'forbidden'));
  await failureOf(readPods(connection));
  expect(requests).toHaveLength(1);
});

test('a token that has expired is replaced by the one that the refusal brings', async () => {
  const { connection, requests } = await serve((url) => {
    const token = url.searchParams.get('continue');
    if (token === null) return page(['a'], 'old');
    if (token === 'new') return page(['b']);
    return { status: 410, body: { kind: 'Status', code: 410, metadata: { continue: 'new' } } };
  });
  expect(namesOf(await readPods(connection))).toEqual(['a', 'b']);
  expect(requests).toHaveLength(3);
});

test('when time is over, what was read is kept and the failure says how much', async () => {
  const run = new AbortController();
  const { connection } = await serve((_url, request) => {
    if (request === 1) return page(['a', 'b'], 'more');
    run.abort();
    return undefined;
  }, run.signal);
  const kept: Pod[] = [];
  expect(refusalOf(await failureOf(readPods(connection, kept)), run.signal)).toEqual({
    reason: 'deadline',
    message: 'the time for this read was over after 2 objects',
  });
  expect(namesOf(kept)).toEqual(['a', 'b']);
});

test('a small list comes from the cache of the API server, a large one in pages', async () => {
  const service = { metadata: { name: 'checkout', namespace: 'orders' } };
  const huge = { metadata: { name: 'x'.repeat(17 * 2 ** 20), namespace: 'orders' } };
  const { connection, requests } = await serve((url) => ({
    status: 200,
    body: { items: [url.searchParams.has('resourceVersion') ? huge : service] },
  }));
  expect((await readServices(connection)).map(({ metadata }) => metadata.name)).toEqual(['checkout']);
  expect(requests.map(({ url }) => url)).toEqual([
    '/api/v1/services?limit=500&resourceVersion=0',
    '/api/v1/services?limit=500',
  ]);
});

test('what is alike is held once, and managedFields never', async () => {
  const twin = (name: string) => ({
    ...pod(name),
    metadata: { ...pod(name).metadata, labels: { app: 'checkout' } },
    spec: { containers: [{ name: 'app', env: [{ name: 'MODE', value: 'fast' }], args: ['--fast'] }] },
  });
  const { connection } = await serve(() => ({ status: 200, body: { items: [twin('a'), twin('b')] } }));
  const [a, b] = await readPods(connection);
  expect(a?.metadata.labels).toBe(b?.metadata.labels);
  expect(a?.spec.containers).toBe(b?.spec.containers);
  expect(a?.spec.containers).toEqual([expect.objectContaining({ args: ['--fast'], env: [{ name: 'MODE' }] })]);
  expect(JSON.stringify([a, b])).not.toContain('managedFields');
});

test.each([
  ['shop', 'AWS_LBC_QUIC_SERVER_ID', '0x1122', undefined],
  ['shop', 'DJANGO_ALLOWED_HOSTS', 'shop.example.com', 'shop.example.com'],
  ['shop', 'SERVER_ADDRESS', '127.0.0.1', '127.0.0.1'],
  ['shop', 'USE_PROXY_PROTOCOL', 'true', 'true'],
  ['calico-system', 'FELIX_BPFENABLED', 'true', 'true'],
  ['shop', 'DATABASE_URL', 'postgres://app:hunter2@db/app', undefined],
  ['kube-system', 'ENABLE_POD_ENI', 'true', 'true'],
])('a variable keeps its name, and its value where it is read: %s %s', async (namespace, name, value, kept) => {
  const given = pod('a');
  const body = {
    items: [
      {
        ...given,
        metadata: { ...given.metadata, namespace },
        spec: { containers: [{ name: 'app', env: [{ name, value }] }] },
      },
    ],
  };
  const { connection } = await serve(() => ({ status: 200, body }));
  const [read] = await readPods(connection);
  expect(read?.spec.containers[0]?.env).toEqual([kept === undefined ? { name } : { name, value: kept }]);
});

test('of who wrote a Service the last are kept, with the moment, without the status and the cluster itself', async () => {
  const entry = (manager: string, time: string, subresource?: string) => ({
    manager,
    time,
    operation: 'Update',
    ...(subresource !== undefined && { subresource }),
    fieldsV1: { 'f:spec': { 'f:selector': {} } },
  });
  const managedFields = [
    entry('kubectl-edit', '2026-11-20T11:00:00Z'),
    entry('helm', '2026-11-20T09:00:00Z'),
    entry('a', '2026-11-20T08:00:00Z'),
    entry('b', '2026-11-20T07:00:00Z'),
    entry('controller', '2026-11-20T12:00:00Z', 'status'),
    entry('kube-controller-manager', '2026-11-20T12:00:00Z'),
  ];
  const item = { metadata: { name: 'checkout', namespace: 'orders', uid: 'u', managedFields }, spec: {} };
  const { connection } = await serve(() => ({ status: 200, body: { items: [item] } }));
  const [service] = await readServices(connection);
  expect(service?.metadata.writes?.map(({ manager, at }) => `${manager} ${at}`)).toEqual([
    'kubectl-edit 2026-11-20T11:00:00Z',
    'helm 2026-11-20T09:00:00Z',
    'a 2026-11-20T08:00:00Z',
  ]);
  expect(service?.metadata.managers).toEqual(['helm']);
  expect(service?.status.writtenAt).toBe('2026-11-20T12:00:00Z');
});
