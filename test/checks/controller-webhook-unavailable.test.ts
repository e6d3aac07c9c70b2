import { controllerWebhookUnavailable } from '../../core/checks/registration/controller-webhook-unavailable.ts';
import { deployment, fail, metadata, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';
import { empty, failing, ip, saying } from './controller-case.ts';

const call = (webhook: string) =>
  `Internal error occurred: failed calling webhook "${webhook}": failed to call webhook: context deadline exceeded`;
const refused = { reason: 'FailedDeployModel', note: call('mtargetgroupbinding.elbv2.k8s.aws') };
const stunted = given(sampleFacts, ({ slices }) => {
  const wanted = deployment(2);
  slices.workloads.push({
    ...wanted,
    kind: 'ReplicaSet',
    metadata: metadata('web-5d4f7', 'shop'),
    status: { ...wanted.status, replicas: 0, readyReplicas: 0, availableReplicas: 0 },
  });
  slices.pods = [];
  for (const slice of slices.endpointSlices) slice.endpoints = [];
  fail(slices.targetHealth);
});
const noPods = {
  kind: 'ReplicaSet' as const,
  name: 'web-5d4f7',
  reason: 'FailedCreate',
  note: call('mpod.elbv2.k8s.aws'),
};

testCheck(controllerWebhookUnavailable, {
  found: [
    {
      name: 'the binding could not be stored, and the target group is empty',
      facts: saying(empty, refused),
      targets: [],
      confidence: 'confirmed',
      saw: /mtargetgroupbinding.elbv2.k8s.aws.*no target is registered/,
    },
    {
      name: 'pods could not be created',
      facts: saying(stunted, noPods),
      targets: [],
      confidence: 'confirmed',
      saw: /ReplicaSet web-5d4f7 has 0 of 2 pods; event FailedCreate \(5 times\).*mpod/,
    },
    {
      name: 'pods of a DaemonSet could not be created',
      facts: given(saying(stunted, { ...noPods, kind: 'DaemonSet' }), ({ slices }) => {
        for (const workload of slices.workloads) workload.kind = 'DaemonSet';
      }),
      targets: [],
      confidence: 'confirmed',
      saw: /DaemonSet web-5d4f7 has 0 of 2 pods; event FailedCreate/,
    },
  ],
  ruledOut: [
    { name: 'failing pods behind a target group that is as asked', facts: saying(failing, refused) },
    {
      name: 'the webhook of somebody else',
      facts: saying(stunted, { ...noPods, note: call('validate.policy.example.com') }),
    },
    {
      name: 'pods that are missing for another reason',
      facts: saying(stunted, { ...noPods, note: 'exceeded quota: pods=10' }),
    },
    {
      name: 'a scale-up that the webhook holds back while other pods are ready',
      facts: given(saying(sampleFacts, noPods), ({ slices }) => {
        slices.workloads.push({ ...deployment(3), kind: 'ReplicaSet', metadata: metadata('web-5d4f7', 'shop') });
        fail(slices.targetHealth);
      }),
    },
    { name: 'healthy targets without an event', facts: ip },
  ],
});
