import type { KubernetesObject } from '../world/kubernetes-object.ts';
import { objectsOf } from '../world/object.ts';
import type { WorldCluster } from '../world/world.ts';

/** True where a controller has complained of the object, so that its success is news. */
export const failedBefore = (cluster: WorldCluster, { metadata }: KubernetesObject): boolean =>
  objectsOf(cluster, 'Event').some(
    ({ type, involvedObject, source }) =>
      type === 'Warning' &&
      involvedObject.uid === metadata.uid &&
      ['service', 'service-controller', 'targetGroupBinding'].includes(source?.component ?? ''),
  );
