import { appBoundToLoopback } from '../../core/checks/answer/app-bound-to-loopback.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Container } from '../../core/model/kubernetes.ts';
import { event, fail, probePod, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const told = (facts: Facts, change: Partial<Container>) => {
  for (const { spec } of facts.slices.pods) for (const container of spec.containers) Object.assign(container, change);
};
const refused = (facts: Facts) => {
  for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'refused' });
  fail(facts.slices.targetHealth);
};
const deaf = (change: Partial<Container>) =>
  given(sampleFacts, (facts) => {
    told(facts, change);
    refused(facts);
  });

testCheck(appBoundToLoopback, {
  found: [
    {
      name: 'a flag names 127.0.0.1',
      facts: deaf({ args: ['--host=127.0.0.1'] }),
      targets: [],
      confidence: 'probable',
      saw: 'shop/web-1 refuses connections to 8080; container app is started with --host=127.0.0.1',
    },
    {
      name: 'a flag and its value are two words, with the port',
      facts: deaf({ command: ['gunicorn', '--bind', 'localhost:8080', 'app'] }),
      targets: [],
      confidence: 'probable',
      saw: 'is started with --bind localhost:8080',
    },
    {
      name: 'a variable names ::1',
      facts: deaf({ env: [{ name: 'LISTEN_ADDRESS', value: '[::1]:8080' }] }),
      targets: [],
      confidence: 'probable',
      saw: 'is started with LISTEN_ADDRESS=',
    },
    {
      name: 'one of many pods behind instance targets was not asked',
      facts: given(deaf({ args: ['--host=127.0.0.1'] }), ({ slices }) => {
        slices.probes = slices.probes.slice(0, 1);
      }),
      targets: [],
      confidence: 'probable',
      saw: 'shop/web-1 refuses connections to 8080',
    },
    {
      name: 'an ip target',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          told(facts, { args: ['--bind-address=127.0.0.1'] });
          refused(facts);
          facts.slices.targetHealth.splice(1);
        },
      ),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: 'web-1',
    },
    {
      name: 'the kubelet is refused too, so that the group is empty and nothing could be probed',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          told(facts, { args: ['--host', '127.0.0.1'] });
          for (const name of ['web-1', 'web-2']) {
            const [ip] = unready(facts, name).status.podIPs;
            const note = `Readiness probe failed: Get "http://${ip}:8080/ready": dial tcp ${ip}:8080: connect: connection refused`;
            facts.slices.events.push(event('Pod', name, 'Unhealthy', note));
          }
          facts.slices.targetHealth = [];
        },
      ),
      targets: [],
      confidence: 'probable',
      saw: 'is started with --host 127.0.0.1',
    },
  ],
  ruledOut: [
    {
      name: 'ready pods that declare no port and refused the kubelet while they started',
      facts: given(sampleFacts, (facts) => {
        told(facts, { args: ['--host=127.0.0.1'], ports: [] });
        for (const { metadata, status } of facts.slices.pods) {
          const [ip = ''] = status.podIPs;
          const note = `Readiness probe failed: dial tcp ${ip}:8080: connect: connection refused`;
          facts.slices.events.push(event('Pod', metadata.name, 'Unhealthy', note));
          probePod(facts, ip, 8080, { kind: 'open' });
        }
        fail(facts.slices.targetHealth);
      }),
    },
    { name: 'refused without a word about loopback', facts: deaf({ args: ['--host=0.0.0.0'] }) },
    { name: 'a variable that names another service', facts: deaf({ env: [{ name: 'DB_HOST', value: '127.0.0.1' }] }) },
    { name: 'a flag that names another service', facts: deaf({ args: ['--redis-host=127.0.0.1'] }) },
    { name: 'a loopback listener on another port', facts: deaf({ args: ['--bind=127.0.0.1:9901'] }) },
    {
      name: 'the container accepts connections on another port',
      facts: given(deaf({ args: ['--host=127.0.0.1'] }), (facts) => {
        told(facts, { ports: [{ containerPort: 8080 }, { containerPort: 9090 }] });
        for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 9090, { kind: 'open' });
      }),
    },
    {
      name: 'connections that are accepted',
      facts: given(sampleFacts, (facts) => {
        told(facts, { args: ['--host=127.0.0.1'] });
        for (const { status } of facts.slices.pods) probePod(facts, status.podIPs[0] ?? '', 8080, { kind: 'open' });
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
