import { workloadScaledToZero } from '../../core/checks/workload/workload-scaled-to-zero.ts';
import type { ObjectMeta, Workload } from '../../core/model/kubernetes.ts';
import { deployment, event, fail, metadata, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const replicaSet = (owner: ObjectMeta['ownerReferences'][number]): Workload => ({
  ...deployment(0),
  kind: 'ReplicaSet',
  metadata: { ...metadata('web-5d4f7', 'shop'), ownerReferences: [owner] },
});
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
    {
      name: 'a Rollout of Argo, of which only the ReplicaSets are seen',
      facts: given(scaledDown, ({ slices }) => {
        slices.workloads = [replicaSet({ kind: 'Rollout', name: 'web', uid: 'uid-web', controller: true })];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'ReplicaSet web-5d4f7 of Rollout web has 0 replicas',
    },
    {
      name: 'a DaemonSet that no node is meant to run',
      facts: given(scaledDown, ({ slices }) => {
        slices.workloads = [{ ...deployment(0), kind: 'DaemonSet' }];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'DaemonSet web wants no pod on any node',
    },
    {
      name: 'nodes that fail because KEDA put the workload to sleep',
      facts: given(scaledDown, ({ slices }) => {
        const note = 'Deactivated apps/v1.Deployment shop/web from 2 to 0';
        slices.events = [event('ScaledObject', 'web', 'KEDAScaleTargetDeactivated', note)];
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'Deployment web has 0 replicas; KEDA: Deactivated apps/v1.Deployment shop/web from 2 to 0',
    },
  ],
  ruledOut: [
    {
      name: 'the old ReplicaSet of a Deployment that makes no pods of its new one',
      facts: given(scaledDown, ({ slices }) => {
        slices.workloads = [
          deployment(2),
          replicaSet({ kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true }),
        ];
      }),
    },
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
