import { copyOf } from '../copy.ts';
import { scenario } from '../scenario.ts';
import { uid } from '../world/identifier.ts';
import { objectOf, put } from '../world/object.ts';
import { firstReplicaSetOf } from '../world/pod/replica-set.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const hashLabel = 'rollouts-pod-template-hash';

/** Argo CD applied the Service as it stands in Git, with the version of last week. */
export const selectorLeftBehindByRollout = scenario({
  id: 'selector-left-behind-by-rollout',
  title: 'The selector of the Service names the version before the last of an Argo Rollout',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(_, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    const serving = firstReplicaSetOf(cluster, deployment);
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: place.name, controller: true };
    const ownerReferences = [{ ...rollout, uid: uid(`rollout ${place.namespace}/${place.name}`) }];
    for (const pod of podsOf(cluster, deployment)) pod.metadata.labels[hashLabel] = '7c9d8b6f54';
    cluster.objects = cluster.objects.filter((object) => object !== deployment);
    const old = copyOf(serving);
    for (const [version, hash, name] of [
      [serving, '7c9d8b6f54', serving.metadata.name],
      [old, '5f6b7c8d9e', `${place.name}-5f6b7c8d9e`],
    ] as const) {
      version.metadata = { ...version.metadata, name, ownerReferences };
      version.spec.selector = { matchLabels: { ...version.spec.selector.matchLabels, [hashLabel]: hash } };
      version.spec.template.metadata.labels = { ...version.spec.template.metadata.labels, [hashLabel]: hash };
    }
    old.metadata.uid = uid(`old version of ${place.namespace}/${place.name}`);
    old.spec.replicas = 0;
    put(cluster, old);
    const { spec } = objectOf(cluster, 'Service', place);
    spec.selector = { ...spec.selector, [hashLabel]: '5f6b7c8d9e' };
  },
  expect: { verdict: 'unhealthy', cause: 'selector-left-behind-by-rollout', targets: { unhealthy: 3 } },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
