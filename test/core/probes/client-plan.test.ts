import { expect, test } from 'vitest';
import type { Facts } from '../../../core/model/facts.ts';
import type { ProbeOutcome, ProbePurpose } from '../../../core/model/probe-result.ts';
import { clientAnswer } from '../../../core/probes/client-answer.ts';
import { planClientProbes } from '../../../core/probes/client-plan.ts';
import { fail, instanceId, probe, sampleFacts, targetGroupArn } from '../sample-facts.ts';

const listenWith = (facts: Facts, protocol: string): void => {
  for (const listener of facts.slices.listeners) listener.protocol = protocol;
};
const send = (facts: Facts): void => {
  for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'true';
};
const checkWith = (facts: Facts, protocol: 'TCP' | 'HTTP'): void => {
  for (const { healthCheck } of facts.slices.targetGroups) healthCheck.protocol = protocol;
};
const unread = (facts: Facts): void => {
  for (const group of facts.slices.targetGroups) group.attributes = {};
};
const annotate = (facts: Facts): void => {
  for (const { metadata } of facts.slices.services)
    metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-proxy-protocol'] = '*';
};
const pass = (facts: Facts, value: string): void => {
  for (const { spec } of facts.slices.pods) for (const { args } of spec.containers) args.push(value);
};

const mesh = ({ slices }: Facts): void => {
  for (const { spec } of slices.pods)
    spec.containers.push(...spec.containers.map((container) => ({ ...container, name: 'istio-proxy' })));
};
const namePort = ({ slices }: Facts, name: string): void => {
  for (const { spec } of slices.services) for (const port of spec.ports) port.name = name;
};
const elsewhere = ({ slices }: Facts): void => {
  for (const target of slices.targetHealth) target.healthCheckPort = 32_080;
};

/** Purpose, protocol and header of what is planned for a changed sample. */
function planned(...changes: ((facts: Facts) => void)[]) {
  const facts = sampleFacts();
  checkWith(facts, 'TCP');
  for (const { attributes } of facts.slices.targetGroups) attributes['proxy_protocol_v2.enabled'] = 'false';
  for (const change of changes) change(facts);
  return planClientProbes(facts).map(({ purpose, request, targetId, attempts }) => [
    purpose,
    request.protocol,
    request.proxyProtocol ?? false,
    targetId,
    attempts,
  ]);
}

test.each<[string, ((facts: Facts) => void)[], unknown[]]>([
  ['nothing', [], []],
  ['a TLS listener', [(facts) => listenWith(facts, 'TLS')], ['client-tls', 'TLS', false]],
  ['a header behind a TCP check', [send], ['client-first-bytes', 'HTTP', true]],
  ['a header that an HTTP check carries too', [send, (facts) => checkWith(facts, 'HTTP')], []],
  ['an annotation for a header that is not sent', [annotate], ['client-first-bytes', 'HTTP', false]],
  ['an argument of the process', [(f) => pass(f, '--use-proxy-protocol=true')], ['client-first-bytes', 'HTTP', false]],
  ['an argument that switches the header off', [(f) => pass(f, '--use-proxy-protocol=false')], []],
  ['attributes that were not read', [annotate, unread], []],
  ['a mesh behind a TCP check', [mesh], ['client-first-bytes', 'HTTP', false]],
  ['a mesh behind an HTTP check', [mesh, (facts) => checkWith(facts, 'HTTP')], []],
  ['a mesh, and a port that is not for HTTP', [mesh, (facts) => namePort(facts, 'amqp')], []],
  ['a port for HTTP that is checked elsewhere', [elsewhere], ['client-first-bytes', 'HTTP', false]],
  [
    'another port that is checked elsewhere',
    [elsewhere, (facts) => namePort(facts, 'amqp')],
    ['client-connect', 'TCP', false],
  ],
  ['a header and a TLS listener', [send, (facts) => listenWith(facts, 'TLS')], ['client-tls', 'TLS', true]],
])('%s asks one healthy target once, if at all', (_, changes, expected) => {
  expect(planned(...changes)).toEqual(expected.length === 0 ? [] : [[...expected, instanceId(0), 1]]);
});

test('the request is the one by which the kubelet finds the pods ready, where it goes to the same port', () => {
  const facts = sampleFacts();
  checkWith(facts, 'TCP');
  send(facts);
  expect(planClientProbes(facts)[0]?.request).toMatchObject({ protocol: 'HTTP', path: '/ready' });
  for (const { spec } of facts.slices.pods)
    for (const container of spec.containers)
      container.readinessProbe = { httpGet: { path: '/live', port: 8080, scheme: 'HTTPS', host: 'shop.example' } };
  expect(planClientProbes(facts)[0]?.request).toMatchObject({ protocol: 'HTTPS', path: '/live', host: 'shop.example' });
  for (const { spec } of facts.slices.pods)
    for (const container of spec.containers) container.readinessProbe = { httpGet: { path: '/live', port: 9000 } };
  expect(planClientProbes(facts)[0]?.request).toMatchObject({ protocol: 'HTTP', path: '/' });
});

test('targets that are checked at another port get one connection to the port of the clients', () => {
  const facts = sampleFacts({ policy: 'Local' });
  expect(planClientProbes(facts)).toMatchObject([
    { purpose: 'client-connect', targetId: instanceId(0), request: { port: 31080, protocol: 'TCP' }, attempts: 1 },
  ]);
});

test('a listener that shares its traffic between two groups gets one probe', () => {
  const facts = sampleFacts();
  listenWith(facts, 'TLS');
  const other = `${targetGroupArn}2`;
  facts.slices.targetGroups.push(...facts.slices.targetGroups.map((group) => ({ ...group, arn: other })));
  facts.slices.targetHealth.push(...facts.slices.targetHealth.map((target) => ({ ...target, targetGroupArn: other })));
  for (const { forwards } of facts.slices.listeners) forwards.push({ targetGroupArn: other });
  expect(planClientProbes(facts)).toHaveLength(1);
});

test('a listener that was asked for in another cluster of the run is not asked again', () => {
  const facts = sampleFacts();
  listenWith(facts, 'TLS');
  const taken = new Set<string>();
  expect(planClientProbes(facts, taken)).toHaveLength(1);
  expect(planClientProbes(facts, taken)).toEqual([]);
});

test('failing targets and groups without weight are left alone', () => {
  const failing = (facts: Facts) => fail(facts.slices.targetHealth);
  const idle = (facts: Facts) => {
    for (const { forwards } of facts.slices.listeners) for (const forward of forwards) forward.weight = 0;
  };
  expect(planned(send)).toHaveLength(1);
  expect(planned(send, failing)).toEqual([]);
  expect(planned(send, idle)).toEqual([]);
});

test.each<[ProbePurpose, 'HTTP' | 'HTTPS' | 'TLS', ProbeOutcome, string]>([
  ['client-tls', 'TLS', { kind: 'open' }, 'understood'],
  ['client-tls', 'TLS', { kind: 'tls-failed', detail: 'tlsv13 alert certificate required' }, 'understood'],
  ['client-tls', 'TLS', { kind: 'tls-failed', detail: 'wrong version number' }, 'rejected'],
  ['client-tls', 'TLS', { kind: 'reset', phase: 'tls' }, 'rejected'],
  ['client-tls', 'TLS', { kind: 'timeout', phase: 'tls' }, 'unclear'],
  ['client-first-bytes', 'HTTP', { kind: 'http', status: 404 }, 'understood'],
  ['client-first-bytes', 'HTTP', { kind: 'http', status: 400 }, 'rejected'],
  ['client-first-bytes', 'HTTP', { kind: 'reset', phase: 'response' }, 'rejected'],
  ['client-first-bytes', 'HTTPS', { kind: 'reset', phase: 'tls' }, 'rejected'],
  ['client-first-bytes', 'HTTPS', { kind: 'tls-failed', detail: 'wrong version number' }, 'rejected'],
  ['client-first-bytes', 'HTTPS', { kind: 'tls-failed', detail: 'alert certificate required' }, 'understood'],
  ['client-first-bytes', 'HTTP', { kind: 'not-http', firstBytes: '220 ready' }, 'unclear'],
])('to %s over %s %j is %s', (purpose, protocol, outcome, verdict) => {
  const facts = sampleFacts();
  probe(facts, purpose, outcome, { protocol, only: instanceId(0) });
  const [targetGroup] = facts.slices.targetGroups;
  if (targetGroup === undefined) throw new Error('no target group');
  expect(clientAnswer({ targetGroup }, facts.slices.probes)?.verdict).toBe(verdict);
});
