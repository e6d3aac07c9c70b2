import { expect, test } from 'vitest';
import { sharedTargetGroupConflict } from '../../core/checks/registration/shared-target-group-conflict.ts';
import { catalogue } from '../../core/diagnosis/catalogue.ts';
import { conclude } from '../../core/diagnosis/conclusion.ts';
import type { TargetGroupBinding } from '../../core/model/kubernetes.ts';
import { fail, instanceId, metadata, sampleFacts, target, targetGroupArn } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const binding = (name: string, spec: Partial<TargetGroupBinding['spec']> = {}): TargetGroupBinding => ({
  metadata: metadata(name, 'shop'),
  spec: { targetGroupARN: targetGroupArn, serviceRef: { name: 'web', port: 80 }, ...spec },
});
const bound = given(sampleFacts, ({ slices }) => {
  slices.targetGroupBindings = [binding('web')];
  slices.targetHealth = [
    ...slices.targetHealth.map((each) => ({ ...each, state: 'draining' as const })),
    target({ id: 'i-0foreign', port: 31999, state: 'initial', reason: 'Elb.RegistrationInProgress' }),
  ];
  for (const [, first] of slices.instances.entries().take(1)) {
    slices.instances.push({ ...first, id: 'i-0foreign', tags: { 'eks:cluster-name': 'green' } });
  }
});
const twice = given(bound, ({ slices }) => {
  slices.foreignBindings = [{ cluster: 'green', binding: binding('web-green') }];
});
const writtenElsewhere = given(twice, ({ slices }) => {
  for (const { binding: each } of slices.foreignBindings) each.metadata.labels['service.k8s.aws/stack-name'] = 'web';
});
const both = ['i-0foreign', instanceId(0), instanceId(1), instanceId(2)].toSorted();

testCheck(sharedTargetGroupConflict, {
  found: [
    {
      name: 'another cluster binds it too',
      facts: twice,
      targets: both,
      confidence: 'confirmed',
      saw: 'bound by shop: shop/web, green: shop/web-green; 1 targets of another cluster',
    },
    {
      name: 'one of the two is marked, the other is not',
      facts: given(twice, ({ slices }) => {
        slices.targetGroupBindings = [binding('web', { multiClusterTargetGroup: true })];
      }),
      targets: both,
      confidence: 'confirmed',
      saw: 'shop: shop/web (marked), green: shop/web-green',
    },
    {
      name: 'two bindings in the same cluster, one of them by name',
      facts: given(sampleFacts, ({ slices }) => {
        const { targetGroupARN: _, ...byName } = binding('other').spec;
        slices.targetGroupBindings = [
          binding('web'),
          { metadata: metadata('other', 'shop'), spec: { ...byName, targetGroupName: 'k8s-shop-web-0123456789' } },
        ];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'shop: shop/web, shop: shop/other',
    },
    {
      name: 'instances of a cluster that was not read',
      facts: bound,
      targets: both,
      confidence: 'probable',
      saw: '1 targets of another cluster',
    },
    {
      name: 'instances that Karpenter made for a cluster that was not read',
      facts: given(bound, ({ slices }) => {
        for (const each of slices.instances)
          if (each.id === 'i-0foreign') each.tags = { 'kubernetes.io/cluster/green': 'owned' };
      }),
      targets: both,
      confidence: 'probable',
      saw: '1 targets of another cluster',
    },
    {
      name: 'the controller wrote the binding of the other cluster',
      facts: writtenElsewhere,
      targets: both,
      confidence: 'confirmed',
      saw: 'green: shop/web-green',
    },
  ],
  ruledOut: [
    {
      name: 'every binding is marked',
      facts: given(twice, ({ slices }) => {
        slices.targetGroupBindings = [binding('web', { multiClusterTargetGroup: true })];
        slices.foreignBindings = [{ cluster: 'green', binding: binding('web', { multiClusterTargetGroup: true }) }];
      }),
    },
    {
      name: 'one binding, and a stale instance of the same cluster',
      facts: given(bound, ({ slices }) => {
        for (const instance of slices.instances) instance.tags = { 'eks:cluster-name': 'shop' };
      }),
    },
    {
      name: 'own targets that fail their checks',
      facts: given(sampleFacts, ({ slices }) => {
        slices.targetGroupBindings = [binding('web')];
        slices.foreignBindings = [{ cluster: 'green', binding: binding('web-green') }];
        fail(slices.targetHealth);
      }),
    },
    {
      name: 'another cluster binds another target group',
      facts: given(sampleFacts, ({ slices }) => {
        slices.targetGroupBindings = [binding('web')];
        slices.foreignBindings = [{ cluster: 'green', binding: binding('web', { targetGroupARN: 'arn:other' }) }];
      }),
    },
  ],
});

test.each([
  [twice, 'patch targetgroupbinding web-green'],
  [writtenElsewhere, 'annotate service web '],
])('the other cluster gets a command with its own context, and what makes that', (facts, change) => {
  const step = conclude(facts(), { checks: catalogue })
    .diagnoses.flatMap(({ fix }) => fix)
    .find(({ text }) => text.includes('cluster green'));
  expect(step?.command).toContain(
    'kubectl --context arn:aws:eks:eu-west-1:111122223333:cluster/green --namespace shop ',
  );
  expect(step?.command).toContain(change);
  expect(step?.prepare).toBe('aws eks update-kubeconfig --region eu-west-1 --name green');
});
