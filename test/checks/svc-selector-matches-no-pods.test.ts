import { svcSelectorMatchesNoPods } from '../../core/checks/svc-selector-matches-no-pods.ts';
import { deployment, fail, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const wrongSelector = given(sampleFacts, ({ slices }) => {
  for (const { spec } of slices.services) spec.selector = { app: 'wbe' };
  fail(slices.targetHealth);
});

testCheck(svcSelectorMatchesNoPods, {
  found: [
    {
      name: 'a misspelt label value',
      facts: wrongSelector,
      targets: [],
      confidence: 'confirmed',
      saw: 'selector app=wbe matches 0 of 2 pods',
    },
    {
      name: 'an ip group that is empty for it',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        ({ slices }) => {
          for (const { spec } of slices.services) spec.selector = { app: 'web', tier: 'front' };
          slices.targetHealth = [];
        },
      ),
      targets: [],
      confidence: 'confirmed',
      saw: 'app=web,tier=front',
    },
  ],
  ruledOut: [
    { name: 'a selector that matches', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
    {
      name: 'no pods because the workload has no replicas',
      facts: given(sampleFacts, ({ slices }) => {
        slices.pods = [];
        slices.workloads = [deployment(0)];
        fail(slices.targetHealth);
      }),
    },
    {
      name: 'a Service without selector',
      facts: given(sampleFacts, ({ slices }) => {
        for (const { spec } of slices.services) spec.selector = {};
        fail(slices.targetHealth);
      }),
    },
  ],
});
