import { hcSuccessCodesMismatch } from '../../core/checks/answer/hc-success-codes-mismatch.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, probe, sampleFacts } from '../core/sample-facts.ts';
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

testCheck(hcSuccessCodesMismatch, {
  found: [
    {
      name: 'the same 401 from every target',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'http', status: 401 })),
      targets: both,
      confidence: 'confirmed',
      saw: 'HTTP 401',
    },
    {
      name: 'a leader passes the same request, which standbys answer with 429',
      facts: http((facts) => {
        for (const each of facts.slices.targetHealth) if (each.id === '10.0.0.100') each.state = 'healthy';
        probe(facts, 'health-check', { kind: 'http', status: 429 }, { only: '10.0.1.100' });
      }),
      targets: ['10.0.1.100'],
      confidence: 'probable',
      saw: 'answers HTTP 429; 1 healthy target passes the same request',
      values: { passing: 1 },
    },
  ],
  ruledOut: [
    {
      name: 'an error of the application',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'http', status: 500 })),
    },
    {
      name: 'different answers',
      facts: http((facts) => {
        probe(facts, 'health-check', { kind: 'http', status: 401 }, { only: '10.0.0.100' });
        probe(facts, 'health-check', { kind: 'http', status: 404 }, { only: '10.0.1.100' });
      }),
    },
    {
      name: 'a path that answers well',
      facts: http((facts) => {
        probe(facts, 'health-check', { kind: 'http', status: 404 });
        probe(facts, 'readiness-path', { kind: 'http', status: 200 }, { path: '/ready' });
      }),
    },
    {
      name: 'pods behind one node of which only some answer so',
      facts: http((facts) => {
        for (const status of [404, 200, 404]) probe(facts, 'health-check', { kind: 'http', status });
      }),
    },
  ],
});
