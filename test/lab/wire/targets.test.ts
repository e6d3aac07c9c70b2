import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect } from 'vitest';
import type { Behaviour } from '../../../lab/world/world.ts';
import { test as labTest } from './lab-fixture.ts';
import { smallWorld, socket } from './small-world.ts';

const host = '127.66.1.1';
const port = 8080;

const test = labTest.extend<{ serve(behaviour: Behaviour): Promise<void> }>({
  serve: async ({ start }, use) => {
    await use(async (behaviour) => void (await start({ sockets: [socket(host, port, behaviour)] })));
  },
});

interface Request {
  path?: string;
  headers?: Record<string, string>;
  tls?: object;
}

async function get({ path = '/', headers = {}, tls }: Request = {}) {
  const options = { host, port, path, headers, agent: false };
  const request = tls ? httpsRequest({ ...options, rejectUnauthorized: false, ...tls }) : httpRequest(options);
  request.end();
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, location: response.headers.location, body: Buffer.concat(chunks).toString() };
}

/** Everything that arrives until the other side ends, or the error that ends it. */
async function converse(...writes: (string | Buffer)[]): Promise<string> {
  const client = connect({ host, port });
  for (const bytes of writes) client.write(bytes);
  return received(client);
}

async function received(client: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of client) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

const proxyHeader = Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex');
const plainGet = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

describe('an http target', () => {
  test('answers by path, with the query or without, and redirects with a location', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '/healthz': 200, '/odd?full=1': 299, '/old': 301, '*': 503 }, body: 'fine' });
    expect(await get({ path: '/healthz?a=b' })).toMatchObject({ status: 200, body: 'fine' });
    expect(await get({ path: '/odd?full=1' })).toMatchObject({ status: 299 });
    expect(await get({ path: '/old', headers: { host: 'web' } })).toMatchObject({
      status: 301,
      location: 'https://web/old',
    });
    expect(await get({ path: '/else' })).toMatchObject({ status: 503 });
  });

  test('answers 404 to a path that it does not know', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '/healthz': 200 } });
    expect(await get({ path: '/' })).toMatchObject({ status: 404 });
  });

  test('keeps clients waiting', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, delayMs: 80 });
    const from = performance.now();
    await get();
    expect(performance.now() - from).toBeGreaterThanOrEqual(79);
  });

  test('answers 400 to hosts that it is not', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, allowedHosts: ['shop.example.com'] });
    expect(await get({ headers: { host: 'shop.example.com:8080' } })).toMatchObject({ status: 200 });
    expect(await get()).toMatchObject({ status: 400 });
  });

  test('resets every third connection', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, failEvery: 3 });
    const outcomes: unknown[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      outcomes.push(
        await get().then(
          ({ status }) => status,
          ({ code }) => code,
        ),
      );
    }
    expect(outcomes).toEqual([200, 200, 'ECONNRESET', 200, 200, 'ECONNRESET']);
  });

  test('speaks TLS with the versions that it knows', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 204 }, tls: { minVersion: 'TLSv1.3' } });
    expect(await get({ tls: {} })).toMatchObject({ status: 204 });
    await expect(get({ tls: { maxVersion: 'TLSv1.2' } })).rejects.toMatchObject({ code: /PROTOCOL_VERSION/ });
    expect(await converse(plainGet)).toBe('');
  });

  test('offers TLS 1.2 at most when told so', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, tls: { maxVersion: 'TLSv1.2' } });
    const client = connectTls({ host, port, rejectUnauthorized: false });
    await once(client, 'secureConnect');
    expect(client.getProtocol()).toBe('TLSv1.2');
    client.destroy();
  });

  test('wants a client certificate when told so', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, tls: { clientCertificate: true } });
    await expect(get({ tls: {} })).rejects.toMatchObject({ code: /ECONNRESET|CERTIFICATE_REQUIRED/ });
  });
});

describe('the Proxy Protocol', () => {
  test('is an unreadable request to an application that does not know it', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 } });
    expect(await converse(proxyHeader, plainGet)).toMatch(/^HTTP\/1.1 400 /);
  });

  test('is taken with or without a header where it is understood', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, proxyProtocol: 'understood' });
    expect(await converse(proxyHeader.subarray(0, 7), proxyHeader.subarray(7), plainGet)).toMatch(/^HTTP\/1.1 200 /);
    expect(await converse(plainGet)).toMatch(/^HTTP\/1.1 200 /);
  });

  test('resets clients without a header where it is required', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, proxyProtocol: 'required' });
    expect(await converse(Buffer.concat([proxyHeader, Buffer.from(plainGet)]))).toMatch(/^HTTP\/1.1 200 /);
    expect(await converse(plainGet)).toBe('ECONNRESET');
  });

  test('comes before the TLS handshake', async ({ serve }) => {
    await serve({ kind: 'http', paths: { '*': 200 }, proxyProtocol: 'required', tls: {} });
    const raw = connect({ host, port });
    raw.write(proxyHeader);
    const client = connectTls({ socket: raw, rejectUnauthorized: false });
    client.write(plainGet);
    expect(await received(client)).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('other targets', () => {
  test('a tcp target accepts and says nothing', async ({ serve }) => {
    await serve({ kind: 'tcp' });
    const client = connect({ host, port, allowHalfOpen: true });
    client.end('hello');
    expect(await received(client)).toBe('');
  });

  test('a reset target resets at the first byte', async ({ serve }) => {
    await serve({ kind: 'reset' });
    expect(await converse('x')).toBe('ECONNRESET');
  });

  test('a banner target speaks first', async ({ serve }) => {
    await serve({ kind: 'banner', text: 'SSH-2.0-lab\r\n' });
    const client = connect({ host, port });
    const [bytes] = await once(client, 'data');
    expect(String(bytes)).toBe('SSH-2.0-lab\r\n');
    client.destroy();
  });

  test('an address without a socket refuses', async ({ start }) => {
    await start();
    await expect(get()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a change of the world', () => {
  test('leaves connections of unchanged listeners alone, and moves the others', async ({ start }) => {
    const tcp: Behaviour = { kind: 'tcp' };
    const lab = await start({ sockets: [socket(host, port, tcp), socket(host, 8081, tcp)] });
    const [kept, cut] = [connect({ host, port }), connect({ host, port: 8081 })];
    await Promise.all([once(kept, 'connect'), once(cut, 'connect')]);
    const sockets = [socket(host, port, tcp), socket(host, 8082, { kind: 'banner', text: 'moved' })];
    await lab.apply(smallWorld({ sockets }));
    await once(cut, 'close');
    expect(kept.destroyed).toBe(false);
    const [greeting] = await once(connect({ host, port: 8082 }), 'data');
    expect(String(greeting)).toBe('moved');
    kept.destroy();
  });

  test('is refused where two sockets claim one address', async ({ start }) => {
    const twice = socket(host, port, { kind: 'tcp' });
    await expect(start({ sockets: [twice, twice] })).rejects.toThrow('same address and port');
  });
});

describe('an address that cannot be bound', () => {
  test('is one error that names the command that helps', async ({ start }) => {
    const sockets = [socket('192.0.2.1', port, { kind: 'tcp' })];
    await expect(start({ sockets })).rejects.toThrow(/192\.0\.2\.1:8080.*sudo ifconfig lo0 alias 192\.0\.2\.1 up/);
    const silent = [socket('192.0.2.1', port, { kind: 'silent' })];
    await expect(start({ sockets: silent })).rejects.toThrow(/192\.0\.2\.1:8080.*sudo ifconfig lo0 alias/);
  });

  test('does not matter without sockets', async ({ start }) => {
    const lab = await start({ sockets: [socket('192.0.2.1', port, { kind: 'tcp' })] }, { sockets: false });
    expect(lab.world.sockets).toHaveLength(1);
  });

  test('is said when another lab has it', async ({ start }) => {
    const sockets = [socket(host, port, { kind: 'tcp' })];
    await start({ sockets });
    await expect(start({ sockets })).rejects.toThrow('perhaps another lab');
  });
});
