import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { isThrottle, refusalOf } from '../../../io/aws/refusal.ts';
import { readApiGroups } from '../../../io/kubernetes/engine-policies.ts';
import { readPods } from '../../../io/kubernetes/pods.ts';
import { bindingKinds, readTargetGroupBindings } from '../../../io/kubernetes/target-group-bindings.ts';
import { refuse, serve } from './api-server.ts';

const pod = (name: string) => ({
  metadata: { name, namespace: 'web', uid: name },
  spec: { containers: [] },
  status: {},
});
const page = (names: string[], token?: string) => ({
  status: 200,
  body: { kind: 'PodList', metadata: { ...(token && { continue: token }) }, items: names.map(pod) },
});
const running = new AbortController().signal;

test('a list is read page by page, 500 at a time', async () => {
  const { connection, requests } = await serve((url) =>
    url.searchParams.get('continue') === 'more' ? page(['b']) : page(['a'], 'more'),
  );
  expect((await readPods(connection)).map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
  expect(requests.map(({ url }) => url)).toEqual(['/api/v1/pods?limit=500', '/api/v1/pods?continue=more&limit=500']);
});

test('a list whose continue token has expired is started again', async () => {
  const { connection } = await serve((url, request) => {
    if (request === 2) return refuse(410, 'The provided continue parameter is too old');
    return url.searchParams.has('continue') ? page(['b']) : page(['a'], 'more');
  });
  expect((await readPods(connection)).map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
});

test('a list that expires again is given up', async () => {
  const { connection, requests } = await serve((url) =>
    url.searchParams.has('continue') ? refuse(410, 'too old') : page(['a'], 'more'),
  );
  await expect(readPods(connection)).rejects.toMatchObject({ code: 410 });
  expect(requests).toHaveLength(4);
});

test('many requests share a few connections and carry the token', async () => {
  const { connection, requests, sockets } = await serve(() => page(['a']));
  await Promise.all(Array.from({ length: 40 }, () => readPods(connection)));
  expect(requests).toHaveLength(40);
  expect(new Set(requests.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer token-of-this-test']));
  expect(sockets()).toBeLessThanOrEqual(4);
});

test('a request that nobody answers ends with the signal, as a lack of time', async () => {
  const run = new AbortController();
  const { connection } = await serve(() => void run.abort(), run.signal);
  const error = await readPods(connection).catch((reason: unknown) => reason);
  expect(refusalOf(error, run.signal)).toMatchObject({ reason: 'deadline' });
});

test.each([
  [403, 'denied', 'pods is forbidden: User "auditor" cannot list resource "pods"'],
  [429, 'throttled', 'too many requests'],
  [503, 'unreachable', 'etcdserver: leader changed'],
  [422, 'invalid', 'limit is not valid'],
])('status %i is %s, in the words of the API server', async (status, reason, message) => {
  const { connection } = await serve(() => refuse(status, message));
  const error = await readPods(connection).catch((refused: unknown) => refused);
  expect(refusalOf(error, running)).toEqual({ reason, message });
  expect(isThrottle(error)).toBe(status === 429);
});

test('a status without a Status object is named by its number', async () => {
  const { connection } = await serve(() => ({ status: 502, body: '<html>bad gateway</html>' }));
  const error = await readPods(connection).catch((refused: unknown) => refused);
  expect(refusalOf(error, running)).toEqual({
    reason: 'unreachable',
    message: 'the API server answered with status 502',
  });
});

const large = (status: number) => JSON.stringify({ kind: 'Status', code: status, message: 'x'.repeat(200_000) });
const anyBody = (status: number): [string, Buffer | string, Record<string, string>][] => [
  ['large', large(status), {}],
  ['large once unpacked', gzipSync(large(status)), { 'content-encoding': 'gzip' }],
  ['no gzip at all', 'nope', { 'content-encoding': 'gzip' }],
  ['of an encoding that was not requested', 'zz', { 'content-encoding': 'br' }],
  ['a large web page', `<html>${'x'.repeat(1e6)}`, { 'content-type': 'text/html' }],
  ['broken off', '{', { 'content-length': '2' }],
];
test.each([
  [401, 'denied', 1],
  [403, 'denied', 1],
  [429, 'throttled', 4],
  [500, 'unreachable', 4],
])('status %i is %s and tried %i times, whatever its body is', async (status, reason, tries) => {
  const seen = anyBody(status).map(async ([what, body, headers]) => {
    const { connection, requests, cutOff } = await serve(() => ({ status, body, headers }));
    if (what === 'broken off') cutOff();
    const error = await readPods(connection).catch((refused: unknown) => refused);
    return [what, refusalOf(error, running)?.reason, requests.length];
  });
  expect(await Promise.all(seen)).toEqual(anyBody(status).map(([what]) => [what, reason, tries]));
});

test.each(['gzip', 'GZIP', 'x-gzip', 'X-Gzip', 'Identity'])(
  'names of codings have no case, and x-gzip is gzip: %s',
  async (coding) => {
    const text = JSON.stringify(page(['a']).body);
    const body = coding === 'Identity' ? text : gzipSync(text);
    const { connection } = await serve(() => ({ status: 200, body, headers: { 'content-encoding': coding } }));
    expect((await readPods(connection)).map(({ metadata }) => metadata.name)).toEqual(['a']);
  },
);

test('what a server claims is left to read does not end the list', async () => {
  const { connection } = await serve((url) => {
    if (url.searchParams.has('continue')) return page(['b']);
    return { status: 200, body: { ...page(['a']).body, metadata: { continue: 'more', remainingItemCount: 1e9 } } };
  });
  expect((await readPods(connection)).map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
});

test('a cluster that does not know the identity has its own words', async () => {
  const { connection } = await serve(() => refuse(401, 'Unauthorized'));
  const error = await readPods(connection).catch((refused: unknown) => refused);
  expect(refusalOf(error, running)).toEqual({
    reason: 'denied',
    message: expect.stringContaining('does not know this identity (401 Unauthorized)'),
  });
});

test('a bug is no refusal', () => {
  expect(refusalOf(new TypeError('x is not a function'), running)).toBeUndefined();
});

test('a refused kind of binding that discovery does not know is not installed', async () => {
  const { connection, requests } = await serve((url) =>
    url.pathname.endsWith('/targetgroupbindings') ? refuse(403, 'forbidden') : refuse(404, 'not found'),
  );
  expect(await readTargetGroupBindings(bindingKinds.controller)(connection)).toEqual([]);
  expect(requests.at(-1)?.url).toBe('/apis/elbv2.k8s.aws/v1beta1');
});

test('a refused kind of binding that is installed stays refused', async () => {
  const { connection } = await serve((url) =>
    url.pathname.endsWith('/targetgroupbindings') ? refuse(403, 'forbidden') : { status: 200, body: { resources: [] } },
  );
  await expect(readTargetGroupBindings(bindingKinds.controller)(connection)).rejects.toMatchObject({ code: 403 });
});

test('a binding without a Service is an answer that cannot be used', async () => {
  const metadata = { name: 'b', namespace: 'web', uid: '1', creationTimestamp: '2026-11-22T10:00:00Z' };
  const { connection } = await serve(() => ({ status: 200, body: { metadata: {}, items: [{ metadata, spec: {} }] } }));
  const error = await readTargetGroupBindings(bindingKinds.controller)(connection).catch((reason: unknown) => reason);
  expect(refusalOf(error, running)).toMatchObject({ reason: 'invalid' });
});

test('an answer that is nested deeper than any object is refused before it is parsed', async () => {
  const { connection } = await serve(() => ({ status: 200, body: '['.repeat(5_000_000) }));
  const error = await readPods(connection).catch((reason: unknown) => reason);
  expect(refusalOf(error, running)).toEqual({
    reason: 'invalid',
    message: 'the answer has lists and objects nested more than 100 deep',
  });
});

test('an answer of another shape is described in words', async () => {
  const { connection } = await serve(() => ({ status: 200, body: { groups: [{ name: 7 }] } }));
  const error = await readApiGroups(connection).catch((reason: unknown) => reason);
  expect(refusalOf(error, running)).toEqual({
    reason: 'invalid',
    message: 'the answer does not have the shape that it should: groups.0.name: a number is there where a text belongs',
  });
});
