import { appSaturated } from '../../core/checks/answer/app-saturated.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { fail, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const good: ProbeOutcome = { kind: 'http', status: 200 };
const mute: ProbeOutcome = { kind: 'timeout', phase: 'response' };
const http = () => {
  const facts = sampleFacts({ targetType: 'ip' });
  for (const group of facts.slices.targetGroups) {
    Object.assign(group.healthCheck, { protocol: 'HTTP', path: '/', successCodes: '200-399', timeoutSeconds: 6 });
  }
  facts.slices.targetHealth.splice(1);
  fail(facts.slices.targetHealth);
  return facts;
};
const asked = (facts: Facts, ...answers: [ProbeOutcome, number][]) => {
  for (const [index, [outcome, totalMs]] of answers.entries()) {
    probe(facts, index === 0 ? 'health-check' : 'health-check-again', outcome, { totalMs });
  }
};

testCheck(appSaturated, {
  found: [
    {
      name: 'some answers are late',
      facts: given(http, (facts) => asked(facts, [good, 12], [good, 7400], [good, 20], [good, 8100])),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: 'of 4 equal requests 2 answered in time, 2 late, 0 not at all',
    },
    {
      name: 'some never come',
      facts: given(http, (facts) => asked(facts, [mute, 9000], [good, 20])),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: '1 answered in time, 0 late, 1 not at all',
    },
  ],
  ruledOut: [
    {
      name: 'every answer is late',
      facts: given(http, (facts) => asked(facts, [good, 7400], [good, 7500], [good, 7300])),
    },
    { name: 'no answer ever', facts: given(http, (facts) => asked(facts, [mute, 9000], [mute, 9000])) },
    { name: 'every answer is in time', facts: given(http, (facts) => asked(facts, [good, 12], [good, 14])) },
    {
      name: 'kube-proxy of a node that is slow itself',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          asked(facts, [good, 12], [good, 7400], [mute, 9000]);
        },
      ),
    },
    {
      name: 'resets in between',
      facts: given(http, (facts) => asked(facts, [good, 12], [{ kind: 'reset', phase: 'response' }, 3], [good, 7400])),
    },
    {
      name: 'slow and quick connections alike take long',
      facts: given(http, (facts) => asked(facts, [good, 2000], [good, 7400])),
    },
    {
      name: 'the security groups keep the health check out',
      facts: given(http, (facts) => {
        asked(facts, [good, 12], [good, 7400]);
        for (const group of facts.slices.securityGroups) group.rules = [];
      }),
    },
  ],
});
