import { expect, test } from 'vitest';
import { probedPortIn } from '../../../core/kubernetes/pod.ts';
import { readinessRequestOf } from '../../../core/kubernetes/readiness-request.ts';
import type { Container, ContainerProbe } from '../../../core/model/kubernetes.ts';
import { sampleFacts } from '../sample-facts.ts';

const container: Container = {
  name: 'web',
  image: 'web',
  command: [],
  args: [],
  env: [],
  ports: [{ name: 'http', containerPort: 8080 }],
};

test.each<[string, ContainerProbe | undefined, number | undefined]>([
  ['a number', { httpGet: { port: 8080 } }, 8080],
  ['a name', { httpGet: { port: 'http' } }, 8080],
  ['a name that the container does not know', { tcpSocket: { port: 'grpc' } }, undefined],
  ['a Host header', { httpGet: { port: 8080, host: 'shop.example.com' } }, 8080],
  ['another address', { httpGet: { port: 8080, address: '127.0.0.1' } }, undefined],
  ['another address for a connection', { tcpSocket: { port: 8080, address: '127.0.0.1' } }, undefined],
  ['a command', { exec: { command: ['true'] } }, undefined],
  ['no probe', undefined, undefined],
])('the port of the pod that a probe asks, with %s', (_, probe, expected) => {
  expect(probedPortIn(container, probe)).toBe(expected);
});

test('a readiness probe of another address shows nothing of what the port speaks', () => {
  const { services, pods } = sampleFacts().slices;
  const [service] = services;
  const [port] = service?.spec.ports ?? [];
  if (service === undefined || port === undefined) throw new Error('no Service');
  const asked = (address?: string) =>
    readinessRequestOf(
      service,
      port,
      pods.map((pod) => ({
        ...pod,
        spec: {
          ...pod.spec,
          containers: pod.spec.containers.map((each) => ({
            ...each,
            readinessProbe: { httpGet: { path: '/ready', port: 8080, ...(address !== undefined && { address }) } },
          })),
        },
      })),
    );
  expect(asked()).toEqual({ scheme: 'HTTP', path: '/ready' });
  expect(asked('127.0.0.1')).toBeUndefined();
});
