import { etpLocalNoReadyEndpointAnywhere } from '../../core/checks/traffic-policy/etp-local-no-ready-endpoint-anywhere.ts';
import { fail, instanceId, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const local = () => sampleFacts({ policy: 'Local' });

testCheck(etpLocalNoReadyEndpointAnywhere, {
  found: [
    {
      name: 'no endpoint is ready',
      facts: given(local, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
        fail(facts.slices.targetHealth);
      }),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: '0 of 2 endpoints',
    },
  ],
  ruledOut: [
    { name: 'one endpoint is ready', facts: given(local, (facts) => unready(facts, 'web-1')) },
    {
      name: 'the Cluster policy',
      facts: given(sampleFacts, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
        fail(facts.slices.targetHealth);
      }),
    },
  ],
});
