import { intendedEmptyOrBlueGreen } from '../../core/checks/registration/intended-empty-or-blue-green.ts';
import type { Facts } from '../../core/model/facts.ts';
import { deployment, event, fail, sampleFacts, targetGroupArn } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const weigh = (facts: Facts, ...weights: number[]) => {
  const [listener] = facts.slices.listeners;
  if (listener === undefined) throw new Error('no listener');
  facts.slices.listeners = weights.map((weight, index) => ({
    ...listener,
    arn: `${listener.arn}-${index}`,
    forwards: [
      { targetGroupArn, weight },
      { targetGroupArn: `${targetGroupArn}-other`, weight: 100 },
    ],
  }));
};
const asleep = given(
  () => sampleFacts({ targetType: 'ip' }),
  ({ slices }) => {
    slices.workloads = [deployment(0)];
    slices.pods = [];
    slices.endpointSlices = [];
    slices.targetHealth = [];
  },
);
const keda = 'Deactivated apps/v1.Deployment shop/web from 2 to 0';

const deleted = (deletionTimestamp: string) =>
  given(sampleFacts, ({ slices }) => {
    fail(slices.targetHealth);
    slices.pods = [];
    slices.endpointSlices = [];
    for (const { metadata } of slices.services) metadata.deletionTimestamp = deletionTimestamp;
  });

testCheck(intendedEmptyOrBlueGreen, {
  found: [
    {
      name: 'weight 0, whatever its targets are',
      facts: given(sampleFacts, (facts) => {
        weigh(facts, 0);
        fail(facts.slices.targetHealth);
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'weight 0 at its listener',
    },
    {
      name: 'weight 0 at two listeners',
      facts: given(sampleFacts, (facts) => weigh(facts, 0, 0)),
      targets: [],
      confidence: 'confirmed',
      saw: 'weight 0 at all of its 2 listeners',
    },
    {
      name: 'KEDA put the workload to sleep',
      facts: given(asleep, ({ slices }) => {
        slices.events = [event('ScaledObject', 'web', 'KEDAScaleTargetDeactivated', keda)];
      }),
      targets: [],
      confidence: 'probable',
      saw: `KEDA: ${keda}`,
    },
    {
      name: 'kube-downscaler put the workload to sleep',
      facts: given(asleep, ({ slices }) => {
        for (const { metadata } of slices.workloads) metadata.annotations['downscaler/original-replicas'] = '3';
      }),
      targets: [],
      confidence: 'probable',
      saw: 'Deployment web is scaled to zero by kube-downscaler, from 3',
    },
    {
      name: 'a sleeping workload behind nodes that stay registered, and fail',
      facts: given(sampleFacts, ({ slices }) => {
        slices.workloads = [deployment(0)];
        slices.events = [event('ScaledObject', 'web', 'KEDAScaleTargetDeactivated', keda)];
        slices.pods = [];
        fail(slices.targetHealth);
      }),
      targets: [],
      confidence: 'probable',
      saw: `KEDA: ${keda}`,
    },
    {
      name: 'a Service that is being deleted, whose pods are gone already',
      facts: deleted('2026-11-20T11:57:00Z'),
      targets: [],
      confidence: 'confirmed',
      saw: 'Service web is being deleted, for 3 min',
    },
  ],
  ruledOut: [
    {
      name: 'weight 0 at a listener that gives weight to none',
      facts: given(sampleFacts, (facts) => {
        weigh(facts, 0);
        for (const { forwards } of facts.slices.listeners) for (const each of forwards) each.weight = 0;
      }),
    },
    { name: 'a Service whose deletion hangs', facts: deleted('2026-11-20T11:00:00Z') },
    {
      name: 'another listener gives it traffic',
      facts: given(sampleFacts, (facts) => {
        weigh(facts, 0, 100);
        fail(facts.slices.targetHealth);
      }),
    },
    { name: 'zero replicas without a word of a scaler', facts: asleep },
    {
      name: 'KEDA put another workload to sleep',
      facts: given(asleep, ({ slices }) => {
        const other = keda.replace('shop/web', 'shop/web-admin');
        slices.events = [event('ScaledObject', 'web-admin', 'KEDAScaleTargetDeactivated', other)];
      }),
    },
    {
      name: 'a sleeping workload that still has a pod',
      facts: given(sampleFacts, ({ slices }) => {
        slices.workloads = [deployment(0)];
        slices.events = [event('ScaledObject', 'web', 'KEDAScaleTargetDeactivated', keda)];
        fail(slices.targetHealth);
      }),
    },
    {
      name: 'no listener at all',
      facts: given(sampleFacts, ({ slices }) => {
        slices.listeners = [];
        fail(slices.targetHealth);
      }),
    },
  ],
});
