import { selectorLeftBehindByRollout } from '../../core/checks/workload/selector-left-behind-by-rollout.ts';
import type { Workload } from '../../core/model/kubernetes.ts';
import { deployment, fail, metadata, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const hashLabel = 'rollouts-pod-template-hash';
const version = (hash: string, replicas: number): Workload => ({
  ...deployment(replicas, { app: 'web', [hashLabel]: hash }),
  kind: 'ReplicaSet',
  metadata: {
    ...metadata(`web-${hash}`, 'shop'),
    ownerReferences: [{ kind: 'Rollout', name: 'web', uid: 'uid-rollout', controller: true }],
  },
});
const leftBehind = given(sampleFacts, ({ slices }) => {
  for (const { spec } of slices.services) spec.selector[hashLabel] = 'old';
  for (const pod of slices.pods) {
    pod.metadata.labels[hashLabel] = 'new';
    pod.metadata.ownerReferences = [{ kind: 'ReplicaSet', name: 'web-new', uid: 'uid-web-new', controller: true }];
  }
  slices.workloads = [version('old', 0), version('new', 2)];
  fail(slices.targetHealth);
});

testCheck(selectorLeftBehindByRollout, {
  found: [
    {
      name: 'the old version is gone and the new one is ready',
      facts: leftBehind,
      targets: [],
      confidence: 'confirmed',
      saw: 'rollouts-pod-template-hash=old, whose ReplicaSet web-old has 0 replicas; ReplicaSet web-new of the same Rollout web has 2 ready pods',
      values: { rollout: 'web', serving: 'new' },
    },
  ],
  ruledOut: [
    {
      name: 'the whole Rollout is scaled to zero',
      facts: given(leftBehind, ({ slices }) => {
        slices.pods = [];
        slices.workloads = [version('old', 0), version('new', 0)];
      }),
    },
    {
      name: 'no pod of the new version is ready',
      facts: given(leftBehind, (facts) => {
        unready(facts, 'web-1');
        unready(facts, 'web-2');
      }),
    },
    {
      name: 'pods of another Rollout',
      facts: given(leftBehind, ({ slices }) => {
        for (const { metadata: each } of slices.workloads.slice(1))
          each.ownerReferences = [{ kind: 'Rollout', name: 'other', uid: 'uid-other', controller: true }];
      }),
    },
    {
      name: 'a blue/green update that waits for its promotion: the selected version serves beside the new one',
      facts: given(leftBehind, ({ slices }) => {
        const [first] = slices.pods;
        if (first !== undefined) first.metadata.labels[hashLabel] = 'old';
        slices.workloads = [version('old', 1), version('new', 1)];
      }),
    },
    {
      name: 'a blue/green update whose selected version still starts',
      facts: given(leftBehind, ({ slices }) => {
        slices.workloads = [version('old', 2), version('new', 2)];
      }),
    },
    {
      name: 'a Service that has been switched',
      facts: given(leftBehind, ({ slices }) => {
        for (const { spec } of slices.services) spec.selector[hashLabel] = 'new';
      }),
    },
    {
      name: 'a selector without the label',
      facts: given(leftBehind, ({ slices }) => {
        for (const { spec } of slices.services) spec.selector = { app: 'web' };
      }),
    },
  ],
});
