import { listenerWeightsServeNoOne } from '../../core/checks/registration/listener-weights-serve-no-one.ts';
import type { Facts } from '../../core/model/facts.ts';
import { fail, sampleFacts, targetGroupArn } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

/** One listener for each pair of weights: that of the group, and that of another one. */
const weighed = (pairs: [number, number][], change: (facts: Facts) => void = () => {}) =>
  given(sampleFacts, (facts) => {
    const [listener] = facts.slices.listeners;
    if (listener === undefined) throw new Error('no listener');
    facts.slices.listeners = pairs.map(([own, other], index) => ({
      ...listener,
      arn: `${listener.arn}-${index}`,
      port: 80 + index,
      forwards: [
        { targetGroupArn, weight: own },
        { targetGroupArn: `${targetGroupArn}-other`, weight: other },
      ],
    }));
    change(facts);
  });

testCheck(listenerWeightsServeNoOne, {
  found: [
    {
      name: 'blue and green have no weight',
      facts: weighed([[0, 0]]),
      targets: [],
      confidence: 'confirmed',
      saw: /TCP 80 of k8s-shop-web gives the weight 0 to k8s-shop-web-0123456789 and k8s-shop-web-0123456789, and no more to any/,
    },
    {
      name: 'neither has, and the targets fail',
      facts: weighed([[0, 0]], ({ slices }) => fail(slices.targetHealth)),
      targets: [],
      confidence: 'confirmed',
      saw: /TCP 80/,
    },
    {
      name: 'at one of two listeners',
      facts: weighed([
        [100, 0],
        [0, 0],
      ]),
      targets: [],
      confidence: 'confirmed',
      saw: /^TCP 81/,
    },
    {
      name: 'target groups that no Service owns',
      facts: weighed([[0, 0]], (facts) => {
        facts.owners = [];
      }),
      targets: [],
      confidence: 'probable',
      saw: /TCP 80/,
    },
  ],
  ruledOut: [
    { name: 'a healthy group', facts: sampleFacts },
    { name: 'the waiting one of two', facts: weighed([[0, 100]]) },
    { name: 'the serving one of two', facts: weighed([[1, 0]]) },
  ],
});
