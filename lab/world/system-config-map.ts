import { day } from './moment.ts';
import { metadata, put } from './object.ts';
import type { World, WorldCluster } from './world.ts';

interface SystemConfigMap {
  name: string;
  labels?: Record<string, string>;
  data: Record<string, string>;
}

/** A ConfigMap of kube-system, as old as the add-on that reads it. */
export function addSystemConfigMap(
  world: World,
  cluster: WorldCluster,
  { name, labels = {}, data }: SystemConfigMap,
): void {
  put(cluster, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(world, cluster, {
      kind: 'ConfigMap',
      namespace: 'kube-system',
      name,
      labels,
      ageSeconds: 20 * day,
    }),
    data,
  });
}
