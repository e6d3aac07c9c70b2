import { rolloutInProgress } from '../../core/checks/workload/rollout-in-progress.ts';
import type { Facts } from '../../core/model/facts.ts';
import { deployment, fail, metadata, pending, sampleFacts, unready } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const owned = { kind: 'Deployment', name: 'web', uid: 'uid-web', controller: true };
const roll = (facts: Facts, updated: number, condition = { status: 'True', reason: 'ReplicaSetUpdated' }) => {
  const own = deployment(2);
  own.status.updatedReplicas = updated;
  own.status.conditions = [{ type: 'Progressing', ...condition }];
  const replicaSet = { ...deployment(2), kind: 'ReplicaSet' as const };
  replicaSet.metadata = { ...metadata('web-5d4f7', 'shop'), ownerReferences: [owned] };
  facts.slices.workloads = [own, replicaSet];
};
const born = (facts: Facts, name: string, at = '2026-11-20T11:57:00Z') => {
  for (const pod of facts.slices.pods) {
    if (pod.metadata.name !== name) continue;
    pod.metadata.creationTimestamp = at;
    for (const condition of pod.status.conditions) condition.lastTransitionTime = at;
  }
};
const ip = (change: (facts: Facts) => void) => given(() => sampleFacts({ targetType: 'ip' }), change);
const young = ip((facts) => {
  roll(facts, 1);
  born(facts, 'web-2');
  fail(facts.slices.targetHealth, '10.0.1.100');
});
const recreated = given(sampleFacts, (facts) => {
  roll(facts, 2);
  for (const name of ['web-1', 'web-2']) {
    pending(facts, name, { reason: 'ContainerCreating' });
    born(facts, name);
  }
  fail(facts.slices.targetHealth);
});

testCheck(rolloutInProgress, {
  found: [
    {
      name: 'the target of a pod that is three minutes old',
      facts: young,
      targets: ['10.0.1.100'],
      confidence: 'probable',
      saw: 'shop/web-2 is 180 s old; deployment/web has replaced 1 of 2 pods',
    },
    {
      name: 'all pods were taken away first and the new ones are starting',
      facts: recreated,
      targets: [],
      confidence: 'probable',
      saw: 'web-1',
    },
  ],
  ruledOut: [
    {
      name: 'the rollout is past its deadline',
      facts: given(young, (facts) => roll(facts, 1, { status: 'False', reason: 'ProgressDeadlineExceeded' })),
    },
    {
      name: 'the rollout is over',
      facts: given(young, (facts) => roll(facts, 2, { status: 'True', reason: 'NewReplicaSetAvailable' })),
    },
    { name: 'a pod from before', facts: given(young, (facts) => born(facts, 'web-2', '2026-11-20T11:00:00Z')) },
    {
      name: 'a young pod that has crashed already',
      facts: given(young, (facts) => {
        const [status] = unready(facts, 'web-2').status.containerStatuses;
        if (status) status.restartCount = 1;
      }),
    },
    {
      name: 'one of the new pods finds no image',
      facts: given(recreated, (facts) => pending(facts, 'web-2', { reason: 'ErrImagePull' })),
    },
  ],
});
