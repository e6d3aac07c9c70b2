import { describe, expect, test } from 'vitest';
import { svcSelectorMatchesNoPods } from '../../core/checks/workload/svc-selector-matches-no-pods.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { deployment, fail, metadata, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const wrongSelector = given(sampleFacts, ({ slices }) => {
  for (const { spec } of slices.services) spec.selector = { app: 'wbe' };
  fail(slices.targetHealth);
});

const labelled = (name: string, labels: Record<string, string>, kind: 'Deployment' | 'DaemonSet' = 'Deployment') => ({
  ...deployment(2, labels),
  kind,
  metadata: metadata(name, 'shop'),
});
const labels = (facts: () => Facts): unknown => {
  const { slices, ...rest } = facts();
  const [group] = groupsOf({ slices, ...rest });
  return group && svcSelectorMatchesNoPods.run(group, slices)?.[0]?.values?.['labels'];
};

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
    {
      name: 'a rollout took a label away that an old ReplicaSet without replicas still has',
      facts: given(sampleFacts, ({ slices }) => {
        const labels = { app: 'web', tier: 'front' };
        for (const { spec } of slices.services) spec.selector = labels;
        const owner = { kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true };
        const old = { ...metadata('web-5d4f7', 'shop'), ownerReferences: [owner] };
        slices.workloads.push({ ...deployment(0, labels), kind: 'ReplicaSet', metadata: old });
        fail(slices.targetHealth);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'selector app=web,tier=front matches 0 of 2 pods',
    },
    {
      name: 'a namespace in which nothing runs',
      facts: given(wrongSelector, ({ slices }) => {
        slices.pods = [];
        slices.workloads = [];
      }),
      targets: [],
      confidence: 'probable',
      saw: 'matches 0 of 0 pods in shop, and no workload there creates any',
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

describe('the labels that the fix proposes', () => {
  test('are those of the workload of the same name, for the keys of the selector', () => {
    const facts = given(wrongSelector, ({ slices }) => {
      slices.workloads = [labelled('api', { app: 'api' }), labelled('web', { app: 'web', version: '7' })];
    });
    expect(labels(facts)).toBe('app=web');
  });

  test('are those of the workload that has most of the selector', () => {
    const facts = given(wrongSelector, ({ slices }) => {
      for (const { spec } of slices.services) spec.selector = { app: 'front', tier: 'edge' };
      slices.workloads = [labelled('api', { app: 'api' }), labelled('front-v2', { app: 'front' }, 'DaemonSet')];
    });
    expect(labels(facts)).toBe('app=front');
  });

  test('are all of them where the pods lack a key of the selector, so that no other workload is meant too', () => {
    const facts = given(wrongSelector, ({ slices }) => {
      for (const { spec } of slices.services) spec.selector = { app: 'web', team: 'shop' };
      slices.workloads = [labelled('web', { 'app.kubernetes.io/name': 'web', team: 'shop' })];
    });
    expect(labels(facts)).toBe('app.kubernetes.io/name=web,team=shop');
  });

  test('are left open where several workloads may be meant', () => {
    const facts = given(wrongSelector, ({ slices }) => {
      slices.workloads = [labelled('api', { app: 'api' }), labelled('front', { app: 'front' })];
    });
    expect(labels(facts)).toBeUndefined();
  });
});
