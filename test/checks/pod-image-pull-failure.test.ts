import { podImagePullFailure } from '../../core/checks/workload/pod-image-pull-failure.ts';
import type { Facts } from '../../core/model/facts.ts';
import { event, fail, pending, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const missing = (facts: Facts, reason = 'ImagePullBackOff') => {
  for (const name of ['web-1', 'web-2']) pending(facts, name, { reason, message: 'Back-off pulling image "web:1"' });
  fail(facts.slices.targetHealth);
};

testCheck(podImagePullFailure, {
  found: [
    {
      name: 'every pod backs off',
      facts: given(sampleFacts, (facts) => missing(facts)),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop/web-1 container app: ImagePullBackOff, image web:1; Back-off pulling image "web:1"',
    },
    {
      name: "the registry's own answer is among the events",
      facts: given(sampleFacts, (facts) => {
        missing(facts, 'ErrImagePull');
        facts.slices.events = [event('Pod', 'web-1', 'Failed', 'Failed to pull image "web:1": 403 Forbidden')];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: '403 Forbidden',
    },
    {
      name: 'the image of an init container',
      facts: given(sampleFacts, (facts) => {
        missing(facts, 'PodInitializing');
        for (const { status, spec } of facts.slices.pods) {
          const [container] = spec.containers;
          const [running] = status.containerStatuses;
          if (container === undefined || running === undefined) throw new Error('no container');
          spec.initContainers = [{ ...container, name: 'fetch', image: 'fetch:9' }];
          status.initContainerStatuses = [
            { ...running, name: 'fetch', state: { waiting: { reason: 'InvalidImageName' } } },
          ];
        }
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'container fetch: InvalidImageName, image fetch:9',
    },
  ],
  ruledOut: [
    {
      name: 'a rollout stuck on a new image while an old pod serves',
      facts: given(sampleFacts, (facts) => {
        pending(facts, 'web-1', { reason: 'ImagePullBackOff' });
        fail(facts.slices.targetHealth);
      }),
    },
    {
      name: 'containers that wait for something else',
      facts: given(sampleFacts, (facts) => missing(facts, 'CrashLoopBackOff')),
    },
  ],
});
