import { listenerToEmptyTargetGroup } from '../../core/checks/listener-to-empty-target-group.ts';
import type { Facts } from '../../core/facts.ts';
import { sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const ipFacts = (): Facts => sampleFacts({ targetType: 'ip' });
const empty = (make: () => Facts) =>
  given(make, ({ slices }) => {
    slices.targetHealth = [];
  });
const withWeight = (weight: number) => (facts: Facts) => {
  for (const listener of facts.slices.listeners)
    listener.forwards = listener.forwards.map((forward) => ({ ...forward, weight }));
};

testCheck(listenerToEmptyTargetGroup, {
  found: [
    {
      name: 'ready pods, nothing registered',
      facts: empty(ipFacts),
      targets: [],
      confidence: 'probable',
      saw: /TCP 80 forwards here; no target is registered, while .* are ready/,
    },
    {
      name: 'nodes that are Ready, none registered',
      facts: empty(sampleFacts),
      targets: [],
      confidence: 'probable',
      saw: '3 nodes are Ready',
    },
  ],
  ruledOut: [
    { name: 'a group that is full', facts: ipFacts },
    { name: 'a group of weight 0', facts: given(empty(ipFacts), withWeight(0)) },
    {
      name: 'no listener',
      facts: given(empty(ipFacts), ({ slices }) => {
        slices.listeners = [];
      }),
    },
    {
      name: 'pods that became ready a minute ago',
      facts: given(empty(ipFacts), ({ slices }) => {
        for (const { status } of slices.pods)
          for (const condition of status.conditions) condition.lastTransitionTime = '2026-11-20T11:59:00Z';
      }),
    },
  ],
});
