import { unhealthyDrainingByDesign } from '../../core/checks/answer/unhealthy-draining-by-design.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const fading = (facts: Facts, attributes: Record<string, string>) => {
  const [first] = facts.slices.targetHealth;
  if (first) Object.assign(first, { state: 'unhealthy.draining', reason: 'Target.FailedHealthChecks' });
  for (const group of facts.slices.targetGroups) group.attributes = attributes;
};

testCheck(unhealthyDrainingByDesign, {
  found: [
    {
      name: 'the attributes keep connections for ten minutes',
      facts: given(sampleFacts, (facts) =>
        fading(facts, {
          'target_health_state.unhealthy.connection_termination.enabled': 'false',
          'target_health_state.unhealthy.draining_interval_seconds': '600',
        }),
      ),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'connections of a failing target stay open for 600 s',
    },
    {
      name: 'the attributes could not be seen',
      facts: given(sampleFacts, (facts) => fading(facts, {})),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'stay open',
    },
  ],
  ruledOut: [
    { name: 'targets that are unhealthy', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
    {
      name: 'targets that drain because they were deregistered',
      facts: given(sampleFacts, ({ slices }) => {
        for (const each of slices.targetHealth) each.state = 'draining';
      }),
    },
  ],
});
