import { hcTimeoutTooShort } from '../../core/checks/answer/hc-timeout-too-short.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { crashed } from './http-check.ts';

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

testCheck(hcTimeoutTooShort, {
  found: [
    {
      name: 'a good answer after the time-out',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'http', status: 200 }, { totalMs: 7400 })),
      targets: both,
      confidence: 'confirmed',
      saw: 'a good answer after 7.4 s',
    },
  ],
  ruledOut: [
    {
      name: 'a good answer in time',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'http', status: 200 }, { totalMs: 5900 })),
    },
    {
      name: 'a bad answer after the time-out',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'http', status: 500 }, { totalMs: 7400 })),
    },
    {
      name: 'no answer',
      facts: http((facts) => probe(facts, 'health-check', { kind: 'timeout', phase: 'response' }, { totalMs: 9000 })),
    },
    {
      name: 'a late answer of a pod that restarts',
      facts: http((facts) => {
        for (const { status } of facts.slices.pods) Object.assign(status.containerStatuses[0] ?? {}, crashed);
        probe(facts, 'health-check', { kind: 'http', status: 200 }, { totalMs: 7400 });
      }),
    },
  ],
});
