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

const lost: ProbeOutcome = { kind: 'timeout', phase: 'connect' };
/** Ten connections from new source ports to the target, and ten to a port of its node, the first ones of each lost. */
const connected = (facts: Facts, lostAtTarget: number, lostAtNode?: number) => {
  const tenTo = (purpose: 'connect-again' | 'connect-node', count: number, where = {}) => {
    for (let attempt = 0; attempt < 10; attempt += 1)
      probe(facts, purpose, attempt < count ? lost : { kind: 'open' }, { protocol: 'TCP', ...where });
  };
  tenTo('connect-again', lostAtTarget);
  if (lostAtNode !== undefined) tenTo('connect-node', lostAtNode, { address: '10.0.0.10', port: 10256 });
};

testCheck(appSaturated, {
  found: [
    {
      name: 'only SYNs are lost, and the node takes every connection to a port of its own',
      facts: given(http, (facts) => {
        asked(facts, [good, 12], [good, 14]);
        connected(facts, 4, 0);
      }),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: '4 of 10 connections from new source ports got no answer, the others did; its node took all 10 at its own port 10256: the accept queue of the process is full',
    },
    {
      name: 'only SYNs are lost, and no port of the node shows whether it is the node that loses them',
      facts: given(http, (facts) => {
        asked(facts, [good, 12], [lost, 6000]);
        connected(facts, 5);
      }),
      targets: ['10.0.0.100'],
      confidence: 'possible',
      saw: 'the accept queue of the process is full, or the node loses packets: no port of the node itself shows which',
    },
    {
      name: 'a single lost connection to the node’s own port shows neither',
      facts: given(http, (facts) => {
        asked(facts, [good, 12]);
        connected(facts, 5, 1);
      }),
      targets: ['10.0.0.100'],
      confidence: 'possible',
      saw: '5 of 10 connections',
    },
    {
      name: 'answers are late on a target that loses connections too',
      facts: given(http, (facts) => {
        asked(facts, [good, 12], [good, 7400]);
        connected(facts, 5, 0);
      }),
      targets: ['10.0.0.100'],
      confidence: 'probable',
      saw: 'of 2 equal requests 1 answered in time, 1 late, 0 not at all',
    },
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
      name: 'the node loses connections to its own port as well',
      facts: given(http, (facts) => {
        asked(facts, [good, 12], [lost, 6000]);
        connected(facts, 5, 4);
      }),
    },
    {
      name: 'one SYN was lost, and none of ten that followed',
      facts: given(http, (facts) => {
        asked(facts, [good, 12], [lost, 6000]);
        connected(facts, 0, 0);
      }),
    },
    {
      name: 'every connection is lost',
      facts: given(http, (facts) => {
        asked(facts, [lost, 6000], [lost, 6000]);
        connected(facts, 10, 0);
      }),
    },
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
