import { expect, test } from 'vitest';
import { isReady } from '../../../lab/physics/kubelet.ts';
import type { ContainerProbe } from '../../../lab/world/pod/workload-options.ts';
import type { Behaviour } from '../../../lab/world/world.ts';
import { oneService, pods } from './one-service.ts';

const http = (more: Partial<Extract<Behaviour, { kind: 'http' }>> = {}): Behaviour => ({
  kind: 'http',
  paths: { '*': 200 },
  ...more,
});
const get = (more: object = {}): ContainerProbe => ({ httpGet: { path: '/ready', port: 8080, ...more } });
const tcp: ContainerProbe = { tcpSocket: { port: 8080 } };
const named = { httpHeaders: [{ name: 'Host', value: 'shop.example.com' }] };

test.each<[string, Behaviour, ContainerProbe, boolean]>([
  ['HTTPS of a TLS server', http({ tls: {} }), get({ scheme: 'HTTPS' }), true],
  ['HTTPS of a server with TLS 1.3 only', http({ tls: { minVersion: 'TLSv1.3' } }), get({ scheme: 'HTTPS' }), true],
  ['plain HTTP of a TLS server', http({ tls: {} }), get(), false],
  ['HTTPS of a plain server', http(), get({ scheme: 'HTTPS' }), false],
  [
    'HTTPS of a server that wants a client certificate',
    http({ tls: { clientCertificate: true } }),
    get({ scheme: 'HTTPS' }),
    false,
  ],
  ['a connection to a server that wants a client certificate', http({ tls: { clientCertificate: true } }), tcp, true],
  ['its own address of a server that knows a name', http({ allowedHosts: ['shop.example.com'] }), get(), false],
  ['the name of a server that knows it', http({ allowedHosts: ['shop.example.com'] }), get(named), true],
  ['HTTP of a server that demands Proxy Protocol', http({ proxyProtocol: 'required' }), get(), false],
  ['a connection to a server that demands Proxy Protocol', http({ proxyProtocol: 'required' }), tcp, true],
])('the kubelet asks %s', (_, behaviour, readinessProbe, ready) => {
  const world = oneService({}, { behaviour, readinessProbe });
  expect(pods(world).map(isReady)).toEqual([ready, ready, ready]);
});
