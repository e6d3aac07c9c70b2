import { workloadScaledToZero } from '../../core/checks/workload-scaled-to-zero.ts';
import { deployment, fail, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const scaledDown = given(sampleFacts, ({ slices }) => {
  slices.pods = [];
  slices.workloads = [deployment(0)];
  fail(slices.targetHealth);
});

testCheck(workloadScaledToZero, {
  found: [
    {
      name: 'a Deployment with no replicas',
      facts: scaledDown,
      targets: [],
      confidence: 'confirmed',
      saw: 'Deployment web has 0 replicas',
    },
  ],
  ruledOut: [
    {
      name: 'another workload with no replicas',
      facts: given(scaledDown, ({ slices }) => {
        slices.workloads = [deployment(0, { app: 'other' })];
      }),
    },
    {
      name: 'replicas that are yet to come',
      facts: given(scaledDown, ({ slices }) => {
        slices.workloads = [deployment(2)];
      }),
    },
    { name: 'pods that run', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
  ],
});
