import { hash } from './identifier.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { before } from './moment.ts';
import { metadata, objectsOf, put } from './object.ts';
import type { World, WorldCluster } from './world.ts';

/** What an Event reports. */
export interface Happening {
  about: KubernetesObject;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  /** For example `kubelet`. */
  component: string;
  /** Seconds since it happened last. */
  ageSeconds: number;
  /** Seconds from the first time to the last. */
  lastingSeconds?: number;
  count?: number;
}

/** Writes a core/v1 Event; the same reason and message about the same object is the same Event. */
export function recordEvent(world: World, cluster: WorldCluster, happening: Happening): void {
  const { about, type, reason, message, component, ageSeconds, lastingSeconds = 0, count = 1 } = happening;
  const { name, namespace = 'default', uid, resourceVersion } = about.metadata;
  put(cluster, {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: metadata(world, cluster, {
      kind: 'Event',
      name: `${name}.${hash(reason + message, 16)}`,
      namespace,
      ageSeconds: ageSeconds + lastingSeconds,
    }),
    involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid, resourceVersion },
    type,
    reason,
    message,
    count,
    firstTimestamp: before(world.now, ageSeconds + lastingSeconds),
    lastTimestamp: before(world.now, ageSeconds),
    eventTime: null,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
  });
}

/** True where a controller has complained of the object, so that its success is news. */
export const failedBefore = (cluster: WorldCluster, { metadata }: KubernetesObject): boolean =>
  objectsOf(cluster, 'Event').some(
    ({ type, involvedObject, source }) =>
      type === 'Warning' &&
      involvedObject.uid === metadata.uid &&
      ['service', 'service-controller', 'targetGroupBinding'].includes(source?.component ?? ''),
  );
