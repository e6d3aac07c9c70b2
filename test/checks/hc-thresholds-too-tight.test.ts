import { hcThresholdsTooTight } from '../../core/checks/answer/hc-thresholds-too-tight.ts';
import { minutes } from '../core/history/metrics-of.ts';
import { endedJob, fail, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { crashed } from './http-check.ts';

const flaky = (good: number, thresholds: { unhealthyThreshold: number; intervalSeconds: number }) =>
  given(
    () => sampleFacts({ targetType: 'ip' }),
    (facts) => {
      for (const group of facts.slices.targetGroups) group.healthCheck = { ...group.healthCheck, ...thresholds };
      fail(facts.slices.targetHealth, '10.0.0.100');
      for (let attempt = 0; attempt < 20; attempt++) {
        probe(facts, 'health-check', attempt < good ? { kind: 'open' } : { kind: 'reset', phase: 'connect' }, {
          only: '10.0.0.100',
          protocol: 'TCP',
        });
      }
    },
  );
const tight = { unhealthyThreshold: 2, intervalSeconds: 5 };

testCheck(hcThresholdsTooTight, {
  found: [
    {
      name: 'one failure in five',
      facts: flaky(16, tight),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: '16 of 20 requests answered well',
    },
    {
      name: 'targets that came and went three times in the hour before',
      facts: given(flaky(16, tight), ({ slices }) => void slices.metrics.push(minutes('0101100010001'))),
      targets: ['10.0.0.100'],
      confidence: 'confirmed',
      saw: 'CloudWatch counts 3 times in the last hour that targets became unhealthy and recovered',
    },
    {
      name: 'targets that failed once before',
      facts: given(flaky(16, tight), ({ slices }) => void slices.metrics.push(minutes('0100001'))),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: '16 of 20 requests answered well',
    },
    {
      name: 'a job that crashed a minute ago had the address before',
      facts: given(flaky(16, tight), (facts) => {
        const { status } = endedJob(facts, '10.0.0.100');
        status.phase = 'Failed';
        Object.assign(status.containerStatuses[0] ?? {}, { ...crashed, state: crashed.lastState });
      }),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: '16 of 20 requests answered well',
    },
  ],
  ruledOut: [
    { name: 'most requests fail', facts: flaky(6, tight) },
    { name: 'every request is answered well', facts: flaky(20, tight) },
    { name: 'thresholds that tolerate hiccups', facts: flaky(16, { unhealthyThreshold: 5, intervalSeconds: 10 }) },
    {
      name: 'a pod that restarts',
      facts: given(flaky(16, tight), (facts) => {
        for (const { status } of facts.slices.pods) Object.assign(status.containerStatuses[0] ?? {}, crashed);
      }),
    },
  ],
});
