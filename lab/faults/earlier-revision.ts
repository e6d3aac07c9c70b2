import { copyOf } from '../copy.ts';
import type { Place } from '../scenario.ts';
import { day } from '../world/moment.ts';
import { objectOf } from '../world/object.ts';
import { addReplicaSet, firstReplicaSetOf } from '../world/pod/replica-set.ts';
import type { World, WorldCluster } from '../world/world.ts';

const revision = 'deployment.kubernetes.io/revision';

/** Leaves the ReplicaSet of the release before beside that of now, without pods, as a rollout does; `kubectl rollout undo` goes back to it. */
export function addEarlierRevision(world: World, cluster: WorldCluster, place: Place): void {
  const deployment = objectOf(cluster, 'Deployment', place);
  const current = firstReplicaSetOf(cluster, deployment);
  const template = copyOf(current.spec.template);
  for (const container of template.spec.containers) container.image = container.image.replace(/:.*$/, ':1.4.1');
  addReplicaSet(world, cluster, {
    deployment,
    version: '0',
    template,
    replicas: 0,
    annotations: { [revision]: '1' },
    ageSeconds: 9 * day,
  });
  // The one of now is the last in the list.
  cluster.objects = [...cluster.objects.filter((object) => object !== current), current];
  for (const { annotations } of [deployment.metadata, current.metadata]) annotations[revision] = '2';
}
