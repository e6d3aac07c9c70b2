import { tlsListenerToClosedBackend } from '../../core/checks/tls-listener-to-closed-backend.ts';
import type { Facts } from '../../core/facts.ts';
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
