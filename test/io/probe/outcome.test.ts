import http from 'node:http';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { beforeAll, describe, expect, test } from 'vitest';
import { address, closedPort, listen, meet, serve, silentPort } from './targets.ts';

let certificate: { key: string; cert: string };
beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'target' }]);
  certificate = { key, cert };
});

const answer = (status: number, headers: http.OutgoingHttpHeaders = {}, body = 'a body') =>
  http.createServer((_, response) => response.writeHead(status, headers).end(body));

describe('before a connection', () => {
  test('a port where nobody listens refuses', async () => {
    expect(await meet({ port: await closedPort(), protocol: 'TCP' })).toEqual({ kind: 'refused' });
  });

  test('a SYN without an answer times out while connecting', async () => {
    await using target = await silentPort();
    expect(await meet({ port: target.port, protocol: 'TCP', timeoutMs: 200 })).toEqual({
      kind: 'timeout',
      phase: 'connect',
    });
  });

  test('an address without a route is unreachable', async () => {
    expect(await meet({ address: '255.255.255.255', port: 80, protocol: 'TCP' })).toEqual({
      kind: 'unreachable',
      code: 'ENETUNREACH',
    });
  });
});

describe('after the connection', () => {
  test('a TCP probe is content with the handshake', async () => {
    await using target = await serve(() => {});
    expect(await meet({ port: target.port, protocol: 'TCP' })).toEqual({ kind: 'open' });
  });

  test('a server that resets at the first byte is a reset', async () => {
    await using target = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await meet({ port: target.port })).toEqual({ kind: 'reset', phase: 'response' });
  });

  test('a server that closes without a word is a reset', async () => {
    await using target = await serve((socket) => socket.end());
    expect(await meet({ port: target.port })).toEqual({ kind: 'reset', phase: 'response' });
  });

  test('a server that accepts and says nothing times out in the response', async () => {
    await using target = await serve(() => {});
    expect(await meet({ port: target.port, timeoutMs: 150 })).toEqual({ kind: 'timeout', phase: 'response' });
  });

  test('a server that drips one byte after the other does not hold the probe beyond its deadline', async () => {
    await using target = await serve((socket) => {
      const bytes = 'HTTP/1.1 200 OK\r\nx-drip: 1'.split('');
      const drip = setInterval(() => socket.write(bytes.shift() ?? 'z'), 10);
      socket.on('close', () => clearInterval(drip));
    });
    const start = performance.now();
    expect(await meet({ port: target.port, timeoutMs: 400 })).toEqual({ kind: 'timeout', phase: 'response' });
    expect(performance.now() - start).toBeLessThan(600);
  });

  test('a banner is not HTTP, and its first bytes are shown', async () => {
    await using target = await serve((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    expect(await meet({ port: target.port })).toEqual({
      kind: 'not-http',
      firstBytes: 'SSH-2.0-OpenSSH_9.2\\x0d\\x0a',
    });
  });

  test('headers without end are not HTTP', async () => {
    await using target = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      socket.write(`x-endless: ${'y'.repeat(100_000)}\r\n`);
    });
    expect(await meet({ port: target.port })).toMatchObject({ kind: 'not-http' });
  });
});

describe('HTTP', () => {
  test('the status is the outcome, without the body', async () => {
    await using target = await listen(answer(200));
    expect(await meet({ port: target.port })).toEqual({ kind: 'http', status: 200 });
  });

  test('of an error the first words are kept, without secrets', async () => {
    await using target = await serve((socket) =>
      socket.once('data', () =>
        socket.end(`HTTP/1.1 503 No\r\n\r\npassword=hunter22x ${'database is down '.repeat(40)}`),
      ),
    );
    const outcome = await meet({ port: target.port });
    expect(outcome).toMatchObject({ kind: 'http', status: 503, body: expect.stringContaining('database is down') });
    expect(JSON.stringify(outcome)).not.toContain('hunter22x');
    expect(JSON.stringify(outcome).length).toBeLessThan(400);
  });

  test('a redirect is an answer and is not followed', async () => {
    const asked: string[] = [];
    await using target = await listen(
      http.createServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(301, { location: '/elsewhere' }).end();
      }),
    );
    expect(await meet({ port: target.port })).toEqual({ kind: 'http', status: 301, location: '/elsewhere' });
    expect(asked).toEqual(['/healthz']);
  });

  test('the request is one polite GET with the Host that was asked for', async () => {
    const requests: http.IncomingMessage[] = [];
    await using target = await listen(
      http.createServer((request, response) => {
        requests.push(request);
        response.end();
      }),
    );
    await meet({ port: target.port, host: '10.0.0.7:443' });
    expect(requests.map(({ method, url, headers }) => ({ method, url, headers }))).toEqual([
      {
        method: 'GET',
        url: '/healthz',
        headers: { host: '10.0.0.7:443', 'user-agent': 'eks-nlb-auditor', accept: '*/*', connection: 'close' },
      },
    ]);
  });

  test('without a Host of its own the request names address and port', async () => {
    await using target = await listen(http.createServer((request, response) => response.end(request.headers.host)));
    const outcome = await meet({ port: target.port, purpose: 'kube-proxy' });
    expect(outcome).toEqual({ kind: 'http', status: 200, body: `${address}:${target.port}` });
  });

  test.each(['kube-proxy', 'kube-proxy-healthz'] as const)(
    'a %s probe keeps the first 2 KB of the body',
    async (purpose) => {
      await using target = await listen(answer(503, {}, 'b'.repeat(5000)));
      expect(await meet({ port: target.port, purpose })).toEqual({ kind: 'http', status: 503, body: 'b'.repeat(2048) });
    },
  );

  test('a chunked body is put together', async () => {
    await using target = await listen(
      http.createServer((_, response) => {
        response.write('{"localEndpoints"');
        response.end(':0}');
      }),
    );
    const outcome = await meet({ port: target.port, purpose: 'kube-proxy' });
    expect(outcome).toEqual({ kind: 'http', status: 200, body: '{"localEndpoints":0}' });
  });

  test('a body that never ends does not hide the status', async () => {
    await using target = await serve((socket) => socket.write('HTTP/1.1 503 No\r\ncontent-length: 99\r\n\r\npart'));
    const outcome = await meet({ port: target.port, purpose: 'kube-proxy', timeoutMs: 150 });
    expect(outcome).toEqual({ kind: 'http', status: 503, body: 'part' });
  });

  test('the Proxy Protocol header comes first when it is asked for', async () => {
    const received: Buffer[] = [];
    await using target = await serve((socket) =>
      socket.on('data', (bytes) => {
        received.push(bytes);
        if (Buffer.concat(received).includes('\r\n\r\n', 16)) socket.end('HTTP/1.1 204 No Content\r\n\r\n');
      }),
    );
    expect(await meet({ port: target.port, proxyProtocol: true })).toEqual({ kind: 'http', status: 204 });
    const bytes = Buffer.concat(received);
    expect(bytes.subarray(0, 16).toString('latin1')).toBe('\r\n\r\n\0\r\nQUIT\n\x20\0\0\0');
    expect(bytes.subarray(16, 34).toString()).toBe('GET /healthz HTTP/');
  });
});

describe('HTTPS', () => {
  const secure = (options: tls.TlsOptions) =>
    listen(tls.createServer({ ...certificate, ...options }, (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')));

  test('a certificate that nobody signed is good enough', async () => {
    await using target = await secure({});
    expect(await meet({ port: target.port, protocol: 'HTTPS' })).toEqual({ kind: 'http', status: 200 });
  });

  test('a handshake alone is open, and no request follows it', async () => {
    const received: Buffer[] = [];
    await using target = await listen(
      tls.createServer(certificate, (socket) => {
        socket.on('data', (bytes) => received.push(bytes)).on('error', () => {});
      }),
    );
    expect(await meet({ port: target.port, protocol: 'TLS' })).toEqual({ kind: 'open' });
    expect(received).toEqual([]);
  });

  test('a server of TLS 1.3 only fails a client limited to 1.2, and nobody else', async () => {
    await using target = await secure({ minVersion: 'TLSv1.3' });
    expect(await meet({ port: target.port, protocol: 'HTTPS' })).toEqual({ kind: 'http', status: 200 });
    expect(await meet({ port: target.port, protocol: 'HTTPS', maxTlsVersion: 'TLSv1.2' })).toEqual({
      kind: 'tls-failed',
      detail: 'tlsv1 alert protocol version',
    });
  });

  test('an old server is still spoken to', async () => {
    await using target = await secure({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
    expect(await meet({ port: target.port, protocol: 'HTTPS' })).toEqual({ kind: 'http', status: 200 });
  });

  test.each([
    ['TLSv1.2', 'ssl/tls alert handshake failure'],
    ['TLSv1.3', 'tlsv13 alert certificate required'],
  ] as const)('a server that wants a client certificate fails over %s', async (version, detail) => {
    const only = { minVersion: version, maxVersion: version };
    await using target = await secure({ requestCert: true, rejectUnauthorized: true, ...only });
    expect(await meet({ port: target.port, protocol: 'HTTPS' })).toEqual({ kind: 'tls-failed', detail });
  });

  test('plain HTTP in answer to a handshake is a failure of TLS', async () => {
    await using target = await listen(answer(400));
    expect(await meet({ port: target.port, protocol: 'HTTPS' })).toMatchObject({ kind: 'tls-failed' });
  });

  test('a server that says nothing to the handshake times out in it', async () => {
    await using target = await serve(() => {});
    expect(await meet({ port: target.port, protocol: 'HTTPS', timeoutMs: 150 })).toEqual({
      kind: 'timeout',
      phase: 'tls',
    });
  });

  test('a connection reset in the handshake is a reset', async () => {
    await using target = await serve((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await meet({ port: target.port, protocol: 'HTTPS' })).toEqual({ kind: 'reset', phase: 'tls' });
  });

  test('a TLS server asked in plain HTTP is told from one that speaks HTTP', async () => {
    await using target = await secure({});
    const outcome = await meet({ port: target.port, protocol: 'HTTP' });
    expect(outcome?.kind).toMatch(/reset|not-http/);
  });
});
