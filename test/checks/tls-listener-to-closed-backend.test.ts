import { expect, test } from 'vitest';
import { tlsListenerToClosedBackend } from '../../core/checks/answer/tls-listener-to-closed-backend.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, probe, probePod, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const gateway = (targetType: 'ip' | 'instance') =>
  given(
    () => sampleFacts({ targetType }),
    ({ slices }) => {
      for (const listener of slices.listeners) Object.assign(listener, { protocol: 'TLS', port: 443 });
      fail(slices.targetHealth);
    },
  );
const closed = (facts: Facts) => {
  probe(facts, 'health-check', { kind: 'refused' });
  for (const address of ['10.0.0.100', '10.0.1.100']) probePod(facts, address, 8080, { kind: 'refused' });
};
const ip = given(gateway('ip'), closed);
/** The ports of Istio's ingress gateway; that of TLS is behind the target group. */
const istio = given(ip, (facts) => {
  const { slices } = facts;
  for (const owner of facts.owners) owner.servicePort = '443';
  for (const address of ['10.0.0.100', '10.0.1.100']) probePod(facts, address, 15090, { kind: 'open' });
  for (const { spec } of slices.services)
    spec.ports = [
      { name: 'status-port', protocol: 'TCP', port: 15021, targetPort: 15021 },
      { name: 'http2', protocol: 'TCP', port: 80, targetPort: 8000 },
      { name: 'https', protocol: 'TCP', port: 443, targetPort: 8080 },
    ];
  for (const slice of slices.endpointSlices) slice.ports = [{ name: 'https', port: 8080, protocol: 'TCP' }];
});

testCheck(tlsListenerToClosedBackend, {
  found: [
    {
      name: 'another port of the pods is open',
      facts: given(ip, (facts) => {
        for (const address of ['10.0.0.100', '10.0.1.100']) probePod(facts, address, 8000, { kind: 'open' });
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: 'port 8080 refuses connections, port 8000 accepts them; the listener on 443 is TLS',
    },
    {
      name: 'the port for metrics of a gateway is open',
      facts: istio,
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'confirmed',
      saw: 'port 15090 accepts them',
    },
    {
      name: 'a listener without TLS beside it',
      facts: given(ip, ({ slices }) => {
        const [listener] = slices.listeners;
        if (listener === undefined) throw new Error('no listener');
        slices.listeners.unshift({ ...listener, arn: `${listener.arn}/80`, protocol: 'TCP', port: 80 });
      }),
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: 'the listener on 443 is TLS',
    },
    {
      name: 'no other port is known',
      facts: ip,
      targets: ['10.0.0.100', '10.0.1.100'],
      confidence: 'probable',
      saw: 'shop/web-1: port 8080 refuses',
    },
    {
      name: 'behind instance targets',
      facts: given(gateway('instance'), closed),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'probable',
      saw: 'shop/web-1, shop/web-2: port 8080 refuses',
    },
  ],
  ruledOut: [
    {
      name: 'the pods accept connections',
      facts: given(gateway('ip'), (facts) => {
        probe(facts, 'health-check', { kind: 'refused' });
        for (const address of ['10.0.0.100', '10.0.1.100']) probePod(facts, address, 8080, { kind: 'open' });
      }),
    },
    {
      name: 'no pod is ready',
      facts: given(ip, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
      }),
    },
    {
      name: 'a health check on a port of its own',
      facts: given(ip, ({ slices }) => {
        for (const each of slices.targetHealth) each.healthCheckPort = 15021;
      }),
    },
  ],
});

test('the fix leads to the port for plain HTTP, not to whichever port is open', () => {
  const facts = istio();
  const [group] = groupsOf(facts);
  const [evidence] = (group && tlsListenerToClosedBackend.run(group, facts.slices)) ?? [];
  expect(evidence?.values).toMatchObject({ index: 2, plain: 8000 });
});
