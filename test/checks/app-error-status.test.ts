import { appErrorStatus } from '../../core/checks/answer/app-error-status.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const http = (change: (facts: Facts) => void) =>
  given(
    () => sampleFacts({ targetType: 'ip' }),
    (facts) => {
      for (const group of facts.slices.targetGroups) {
        group.healthCheck = {
          ...group.healthCheck,
          protocol: 'HTTP',
          path: '/',
          timeoutSeconds: 6,
          successCodes: '200-399',
        };
      }
      fail(facts.slices.targetHealth);
      change(facts);
    },
  );
const both = ['10.0.0.100', '10.0.1.100'];

testCheck(appErrorStatus, {
  found: [
    {
      name: 'the application answers 500',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'http', status: 500 })),
      targets: both,
      confidence: 'confirmed',
      saw: 'HTTP 500',
    },
    {
      name: 'different answers from one target to the next',
      facts: http((facts) => {
        probe(facts, 'health-check', { kind: 'http', status: 404 }, { only: '10.0.0.100' });
        probe(facts, 'health-check', { kind: 'http', status: 401 }, { only: '10.0.1.100' });
      }),
      targets: both,
      confidence: 'confirmed',
      saw: 'HTTP 401',
    },
  ],
  ruledOut: [
    {
      name: 'the same 404 from every target',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'http', status: 404 })),
    },
    {
      name: '503 of kube-proxy on its own health port, as on a node that is being removed',
      facts: given(sampleFacts, (facts) => {
        for (const group of facts.slices.targetGroups) {
          Object.assign(group.healthCheck, {
            protocol: 'HTTP',
            port: '10256',
            path: '/healthz',
            successCodes: '200-399',
          });
        }
        for (const target of facts.slices.targetHealth) target.healthCheckPort = 10256;
        fail(facts.slices.targetHealth, instanceId(0));
        probe(facts, 'health-check', { kind: 'http', status: 503 }, { only: instanceId(0) });
      }),
    },
    {
      name: '503 of kube-proxy',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => probe(facts, 'health-check', { kind: 'http', status: 503 }, { only: instanceId(2) }),
      ),
    },
  ],
});
