import { nameSuffix } from '../identifier.ts';
import type { Deployment, ReplicaSet } from '../kubernetes-object.ts';
import { isOwnedBy, metadata, objectsOf, put } from '../object.ts';
import type { World, WorldCluster } from '../world.ts';

interface ReplicaSetOptions {
  deployment: Deployment;
  /** What tells its name and its pods from those of other versions. */
  version: string;
  template: Deployment['spec']['template'];
  replicas: number;
  /** Pods that it has at once, as its status counts them. */
  running?: number;
  annotations?: Record<string, string>;
  ageSeconds: number;
}

/** Adds the ReplicaSet of one version of a Deployment, without its pods: the hash of the template is in its name and labels. */
export function addReplicaSet(world: World, cluster: WorldCluster, options: ReplicaSetOptions): ReplicaSet {
  const { deployment, version, template, replicas, running = replicas, annotations, ageSeconds } = options;
  const { namespace, name } = deployment.metadata;
  const hash = nameSuffix(`${cluster.cluster.name}/${namespace}/${name}/${version}`, 10);
  const labels = { ...deployment.spec.template.metadata.labels, 'pod-template-hash': hash };
  return put(cluster, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata(world, cluster, {
      kind: 'ReplicaSet',
      namespace,
      name: `${name}-${hash}`,
      labels,
      ...(annotations && { annotations }),
      owner: deployment,
      ageSeconds,
    }),
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: running },
  });
}

/** The ReplicaSets of a Deployment, in the order in which they were made. */
export const replicaSetsOf = (cluster: WorldCluster, deployment: Deployment): ReplicaSet[] =>
  objectsOf(cluster, 'ReplicaSet').filter((each) => isOwnedBy(each, deployment));

/** The first of them; throws where there is none. */
export function firstReplicaSetOf(cluster: WorldCluster, deployment: Deployment): ReplicaSet {
  const [first] = replicaSetsOf(cluster, deployment);
  if (first === undefined) throw new Error(`${deployment.metadata.name} has no ReplicaSet`);
  return first;
}
