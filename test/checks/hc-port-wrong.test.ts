import { hcPortWrong } from '../../core/checks/hc-port-wrong.ts';
import type { Facts } from '../../core/facts.ts';
import { openFacts, shutOut } from '../core/open-way.ts';
import { fail, instanceId, probe, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const port80 = (facts: Facts) => {
  for (const group of facts.slices.targetGroups) group.healthCheck.port = '80';
  for (const target of facts.slices.targetHealth) target.healthCheckPort = 80;
  fail(facts.slices.targetHealth);
};
const silentPort = (facts: Facts) => {
  port80(facts);
  probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' });
  probe(facts, 'traffic-port', { kind: 'open' });
};
const all = [instanceId(0), instanceId(1), instanceId(2)];

testCheck(hcPortWrong, {
  found: [
    {
      name: 'the Service port behind instance targets, not probed',
      facts: given(sampleFacts, port80),
      targets: all,
      confidence: 'probable',
      saw: '80 is no NodePort of the Service',
    },
    {
      name: 'it refuses while the traffic port answers',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        probe(facts, 'health-check', { kind: 'refused' });
        probe(facts, 'traffic-port', { kind: 'open' });
      }),
      targets: all,
      confidence: 'confirmed',
      saw: 'health check port 80: connection refused; traffic port 31080: connected',
    },
    {
      name: 'it is silent, and the prober would be heard',
      facts: given(openFacts, silentPort),
      targets: all,
      confidence: 'confirmed',
      saw: 'health check port 80: no answer to the SYN; traffic port 31080: connected',
    },
    {
      name: 'it is silent to a prober that no rule admits there',
      facts: given(openFacts, (facts) => {
        silentPort(facts);
        shutOut(facts);
      }),
      targets: all,
      confidence: 'probable',
      saw: 'health check port 80: no answer to the SYN',
    },
  ],
  ruledOut: [
    {
      name: 'a host process that serves the port',
      facts: given(sampleFacts, (facts) => {
        port80(facts);
        probe(facts, 'health-check', { kind: 'open' });
      }),
    },
    {
      name: 'the healthCheckNodePort under Local',
      facts: given(
        () => sampleFacts({ policy: 'Local' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          probe(facts, 'health-check', { kind: 'refused' });
        },
      ),
    },
    {
      name: 'an ip target that refuses on both ports',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          port80(facts);
          probe(facts, 'health-check', { kind: 'refused' });
          probe(facts, 'traffic-port', { kind: 'refused' });
        },
      ),
    },
    {
      name: 'an ip target with a port of its own for health checks, to which no rule admits the prober',
      facts: given(
        () => openFacts({ targetType: 'ip' }),
        (facts) => {
          silentPort(facts);
          shutOut(facts);
        },
      ),
    },
  ],
});
