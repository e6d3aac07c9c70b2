import type { Place } from '../scenario.ts';
import { nameSuffix } from '../world/identifier.ts';
import { day } from '../world/moment.ts';
import { metadata, objectOf, objectsOf, put } from '../world/object.ts';
import { isOwnedBy } from '../world/pod/workload.ts';
import type { World, WorldCluster } from '../world/world.ts';

const revision = 'deployment.kubernetes.io/revision';

/** Leaves the ReplicaSet of the release before beside that of now, without pods, as a rollout does; `kubectl rollout undo` goes back to it. */
export function addEarlierRevision(world: World, cluster: WorldCluster, place: Place): void {
  const deployment = objectOf(cluster, 'Deployment', place);
  const current = objectsOf(cluster, 'ReplicaSet').find((each) => isOwnedBy(each, deployment));
  if (current === undefined) throw new Error(`${place.name} has no ReplicaSet`);
  const { namespace, name } = deployment.metadata;
  const spec = structuredClone(current.spec);
  const hash = nameSuffix(`${cluster.cluster.name}/${namespace}/${name}/0`, 10);
  const labels = { ...deployment.spec.template.metadata.labels, 'pod-template-hash': hash };
  for (const container of spec.template.spec.containers) container.image = container.image.replace(/:.*$/, ':1.4.1');
  put(cluster, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata(world, cluster, {
      kind: 'ReplicaSet',
      namespace,
      name: `${name}-${hash}`,
      labels,
      annotations: { [revision]: '1' },
      owner: deployment,
      ageSeconds: 9 * day,
    }),
    spec: {
      ...spec,
      replicas: 0,
      selector: { matchLabels: labels },
      template: { ...spec.template, metadata: { labels } },
    },
    status: { replicas: 0 },
  });
  // The one of now is the last in the list.
  cluster.objects = [...cluster.objects.filter((object) => object !== current), current];
  for (const { annotations } of [deployment.metadata, current.metadata]) annotations[revision] = '2';
}
