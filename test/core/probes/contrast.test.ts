import { expect, test } from 'vitest';
import type { Facts } from '../../../core/model/facts.ts';
import type { ProbeOutcome, ProbeRequest } from '../../../core/model/probe-result.ts';
import { planContrasts } from '../../../core/probes/contrast.ts';
import { annotateHealthCheck, changeHealthCheck, failingHttp } from '../../checks/http-check.ts';
import { fail, probe, sampleFacts } from '../sample-facts.ts';

const status = (code: number): ProbeOutcome => ({ kind: 'http', status: code });
const reset: ProbeOutcome = { kind: 'reset', phase: 'response' };

/** Which contrasts follow when the first target answers like this. */
function contrasts(outcome: ProbeOutcome, request: Partial<ProbeRequest> = {}, facts = failingHttp(() => undefined)()) {
  const full = { protocol: 'HTTP', path: '/', host: '10.0.0.5:80', ...request } as const;
  probe(facts, 'health-check', outcome, { ...full, only: '10.0.0.100' });
  return planContrasts(facts);
}
const purposes = (planned: { purpose: string }[]) => planned.map(({ purpose }) => purpose);

test.each<[string, ProbeOutcome, Partial<ProbeRequest>, string[]]>([
  ['a good answer', status(200), {}, []],
  ['a good answer over TLS', status(200), { protocol: 'HTTPS' }, ['tls-1.2']],
  ['a bad status', status(404), {}, ['other-host']],
  ['a bad status over TLS', status(404), { protocol: 'HTTPS' }, ['other-host']],
  ['a request called malformed', status(400), {}, ['other-host', 'other-scheme', 'with-proxy-header']],
  [
    'a request behind a header called malformed',
    status(400),
    { proxyProtocol: true },
    ['other-host', 'other-scheme', 'without-proxy-header'],
  ],
  ['a reset', reset, {}, ['other-scheme', 'with-proxy-header']],
  ['a reset over TLS', reset, { protocol: 'HTTPS' }, ['other-scheme', 'with-proxy-header', 'tls-1.2']],
  [
    'a failed handshake',
    { kind: 'tls-failed', detail: 'x' },
    { protocol: 'HTTPS' },
    ['other-scheme', 'with-proxy-header', 'tls-1.2'],
  ],
  ['other bytes', { kind: 'not-http', firstBytes: 'SSH' }, {}, ['other-scheme', 'with-proxy-header']],
  ['a handshake that nobody answers', { kind: 'timeout', phase: 'tls' }, { protocol: 'HTTPS' }, ['other-scheme']],
  ['a refused connection', { kind: 'refused' }, {}, []],
  ['silence', { kind: 'timeout', phase: 'connect' }, {}, []],
])('%s asks for no more than it needs', (_, outcome, request, expected) => {
  expect(purposes(contrasts(outcome, request))).toEqual(expected);
});

test('a contrast changes one thing about the question, and goes only to the target that gave the answer', () => {
  const planned = contrasts(status(400));
  expect(new Set(planned.map(({ targetId }) => targetId))).toEqual(new Set(['10.0.0.100']));
  expect(
    planned.map(({ request, attempts }) => [request.protocol, request.host, request.proxyProtocol, attempts]),
  ).toEqual([
    ['HTTP', undefined, undefined, 1],
    ['HTTPS', '10.0.0.5:80', undefined, 1],
    ['HTTP', '10.0.0.5:80', true, 1],
  ]);
});

test.each<[string, (facts: Facts) => void]>([
  [
    'the readiness probe',
    ({ slices }) => {
      for (const { spec } of slices.pods) {
        for (const { readinessProbe } of spec.containers) {
          if (readinessProbe?.httpGet) readinessProbe.httpGet.host = 'shop.example.com';
        }
      }
    },
  ],
  [
    'external-dns',
    ({ slices }) => {
      for (const { metadata } of slices.services) {
        metadata.annotations['external-dns.alpha.kubernetes.io/hostname'] = 'shop.example.com,www.example.com';
      }
    },
  ],
  [
    'the list of allowed hosts',
    ({ slices }) => {
      for (const { spec } of slices.pods) {
        for (const { env } of spec.containers)
          env.push({ name: 'ALLOWED_HOSTS', value: '*.internal, shop.example.com' });
      }
    },
  ],
])('the other host comes from %s', (_, change) => {
  const [otherHost] = contrasts(status(404), {}, failingHttp(change)());
  expect(otherHost).toMatchObject({ purpose: 'other-host', request: { host: 'shop.example.com' } });
});

test('the application’s own list of hosts says more than the name of its load balancer', () => {
  const facts = failingHttp(({ slices }) => {
    for (const { metadata } of slices.services) {
      metadata.annotations['external-dns.alpha.kubernetes.io/hostname'] = 'nlb.example.com';
    }
    for (const { spec } of slices.pods) {
      for (const { env } of spec.containers) env.push({ name: 'ALLOWED_HOSTS', value: 'shop.example.com' });
    }
  })();
  expect(contrasts(status(400), {}, facts)[0]?.request.host).toBe('shop.example.com');
});

test('what kube-proxy answers is not asked otherwise', () => {
  const facts = sampleFacts({ policy: 'Local' });
  fail(facts.slices.targetHealth);
  probe(facts, 'health-check', status(400), { path: '/healthz', proxyProtocol: true });
  expect(planContrasts(facts)).toEqual([]);
});

test('the check that the Service asks for follows where the live one is another question', () => {
  const planned = contrasts(
    { kind: 'refused' },
    { port: 9999 },
    failingHttp((facts) => {
      changeHealthCheck(facts, { port: '9999', path: '/old' });
      annotateHealthCheck(facts, { path: '/ready', timeout: '3' });
    })(),
  );
  expect(planned).toMatchObject([
    {
      purpose: 'expected-check',
      request: {
        address: '10.0.0.10',
        port: 8080,
        protocol: 'HTTP',
        path: '/ready',
        host: '10.0.0.5:80',
        timeoutMs: 3000,
      },
    },
  ]);
});

test('a health-check port that is the name of a name is looked up in the pod', () => {
  const planned = contrasts(
    status(404),
    {},
    failingHttp((facts) => {
      for (const { spec } of facts.slices.services)
        for (const port of spec.ports) Object.assign(port, { name: 'web', targetPort: 'admin' });
      for (const { spec } of facts.slices.pods)
        for (const { ports } of spec.containers) ports.push({ name: 'admin', containerPort: 9090 });
      annotateHealthCheck(facts, { port: 'web' });
    })(),
  );
  expect(planned.find(({ purpose }) => purpose === 'expected-check')?.request.port).toBe(9090);
});
