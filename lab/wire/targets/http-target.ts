import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Behaviour } from '../../world/world.ts';
import type { KeyPair } from '../certificates.ts';
import { takeProxyHeader } from './proxy-protocol.ts';

type HttpBehaviour = Extract<Behaviour, { kind: 'http' }>;

/** Makes an HTTP application: what to do with each connection of a listener. */
export function httpTarget(behaviour: HttpBehaviour, certificate: KeyPair): (socket: Socket) => void {
  let requests = 0;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    const isSlow = requests % (behaviour.slowEvery ?? 1) === 0;
    respond(isSlow ? behaviour : { ...behaviour, delayMs: 0 }, request, response);
  };
  const server = behaviour.tls ? createTlsServer(tlsOptions(behaviour.tls, certificate), answer) : createServer(answer);
  const { failEvery, proxyProtocol } = behaviour;
  let connections = 0;

  return (socket) => {
    connections += 1;
    if (failEvery !== undefined && connections % failEvery === 0) {
      socket.resetAndDestroy();
      return;
    }
    if (proxyProtocol === undefined) {
      server.emit('connection', socket);
      return;
    }
    takeProxyHeader(socket, (present) => {
      if (!present && proxyProtocol === 'required') {
        socket.resetAndDestroy();
        return;
      }
      server.emit('connection', socket);
      // A TLS server reads the connection underneath by itself; resuming it would take the bytes away.
      if (behaviour.tls === undefined) socket.resume();
    });
  };
}

function tlsOptions(
  { minVersion, maxVersion, clientCertificate }: NonNullable<HttpBehaviour['tls']>,
  certificate: KeyPair,
): ServerOptions {
  return {
    ...certificate,
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
    ...(clientCertificate && { requestCert: true, rejectUnauthorized: true }),
  };
}

function respond(behaviour: HttpBehaviour, request: IncomingMessage, response: ServerResponse): void {
  const timer = setTimeout(() => {
    const { status, headers, body } = answerTo(request, behaviour);
    response.writeHead(status, { ...headers, connection: 'close' }).end(body);
  }, behaviour.delayMs ?? 0);
  response.on('close', () => clearTimeout(timer));
}

function answerTo({ url = '/', headers }: IncomingMessage, { paths, allowedHosts, body = '' }: HttpBehaviour) {
  const host = headers.host ?? '';
  const hostAllowed =
    allowedHosts === undefined || allowedHosts.includes(host) || allowedHosts.includes(withoutPort(host));
  const status = hostAllowed ? (paths[url] ?? paths[url.split('?')[0] ?? ''] ?? paths['*'] ?? 404) : 400;
  const moved = [301, 302, 303, 307, 308].includes(status);
  return { status, headers: moved ? { location: `https://${host}${url}` } : {}, body };
}

const withoutPort = (host: string): string => host.replace(/:\d+$/, '');
