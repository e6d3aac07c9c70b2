import { day } from './moment.ts';
import { metadata, objectsOf, put } from './object.ts';
import type { World, WorldCluster } from './world.ts';

/** Adds the Namespace unless it exists. */
export function ensureNamespace(world: World, cluster: WorldCluster, name: string): void {
  if (objectsOf(cluster, 'Namespace').some((namespace) => namespace.metadata.name === name)) return;
  put(cluster, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: metadata(world, cluster, {
      kind: 'Namespace',
      name,
      labels: { 'kubernetes.io/metadata.name': name },
      ageSeconds: 20 * day,
    }),
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
}
