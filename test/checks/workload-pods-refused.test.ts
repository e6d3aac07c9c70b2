import { workloadPodsRefused } from '../../core/checks/workload/workload-pods-refused.ts';
import type { Workload } from '../../core/model/kubernetes.ts';
import { deployment, event, fail, metadata, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const replicaSet = (replicas: number): Workload => ({
  ...deployment(replicas),
  kind: 'ReplicaSet',
  metadata: {
    ...metadata('web-5d4f7', 'shop'),
    ownerReferences: [{ kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true }],
  },
});
const podless = given(sampleFacts, ({ slices }) => {
  slices.pods = [];
  slices.workloads = [deployment(2), replicaSet(2)];
  fail(slices.targetHealth);
});
const refusedWith = (note: string) =>
  given(podless, ({ slices }) => slices.events.push(event('ReplicaSet', 'web-5d4f7', 'FailedCreate', note)));
const quota = refusedWith(
  'Error creating: pods "web-5d4f7-x" is forbidden: exceeded quota: team, requested: pods=1, used: pods=20, limited: pods=20',
);

testCheck(workloadPodsRefused, {
  found: [
    {
      name: 'a quota',
      facts: quota,
      targets: [],
      confidence: 'confirmed',
      saw: 'ReplicaSet web-5d4f7 wants 2 and has no pod; event FailedCreate (3 times): Error creating: pods "web-5d4f7-x" is forbidden: exceeded quota: team',
      values: { maker: 'replicaset/web-5d4f7', quota: 'replicaset/web-5d4f7' },
    },
    {
      name: 'a LimitRange',
      facts: refusedWith('Error creating: pods "web-x" is forbidden: maximum memory usage per Container is 1Gi'),
      targets: [],
      confidence: 'confirmed',
      saw: 'maximum memory usage',
      values: { limits: 'replicaset/web-5d4f7' },
    },
    {
      name: 'Pod Security',
      facts: refusedWith('Error creating: pods "web-x" is forbidden: violates PodSecurity "restricted:latest"'),
      targets: [],
      confidence: 'confirmed',
      saw: 'violates PodSecurity',
      values: { podSecurity: 'replicaset/web-5d4f7' },
    },
    {
      name: 'a missing ServiceAccount',
      facts: refusedWith(
        'Error creating: pods "web-x" is forbidden: error looking up service account shop/web: serviceaccount "web" not found',
      ),
      targets: [],
      confidence: 'confirmed',
      saw: 'serviceaccount "web" not found',
      values: { serviceAccount: 'replicaset/web-5d4f7' },
    },
    {
      name: 'an admission webhook',
      facts: refusedWith('Error creating: admission webhook "policy.example.com" denied the request: no team label'),
      targets: [],
      confidence: 'confirmed',
      saw: 'denied the request',
      values: { webhook: 'replicaset/web-5d4f7' },
    },
    {
      name: 'a StatefulSet, which makes its pods itself',
      facts: given(podless, ({ slices }) => {
        slices.workloads = [{ ...deployment(2), kind: 'StatefulSet' }];
        slices.events.push(event('StatefulSet', 'web', 'FailedCreate', 'create Pod web-0 failed error: forbidden'));
      }),
      targets: [],
      confidence: 'confirmed',
      saw: 'StatefulSet web wants 2 and has no pod',
    },
  ],
  ruledOut: [
    { name: 'no event', facts: podless },
    {
      name: 'a workload scaled to zero after a refusal',
      facts: given(quota, ({ slices }) => {
        slices.workloads = [deployment(0), replicaSet(0)];
      }),
    },
    {
      name: 'pods that exist and are not scheduled',
      facts: given(quota, ({ slices }) => {
        slices.pods = sampleFacts().slices.pods;
        for (const pod of slices.pods) Object.assign(pod.status, { phase: 'Pending', podIPs: [], conditions: [] });
      }),
    },
    {
      name: 'a refusal that was followed by success',
      facts: given(quota, ({ slices }) => {
        for (const each of slices.events) each.lastSeen = '2026-11-20T11:30:00Z';
        slices.events.push(event('ReplicaSet', 'web-5d4f7', 'SuccessfulCreate', 'Created pod: web-5d4f7-y'));
      }),
    },
    {
      name: 'a refusal of another workload of the namespace',
      facts: given(podless, ({ slices }) =>
        slices.events.push(event('ReplicaSet', 'other-1', 'FailedCreate', 'exceeded quota: team')),
      ),
    },
  ],
});
