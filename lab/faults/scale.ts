import { faultAgeSeconds } from '../physics/kubelet.ts';
import type { Place } from '../scenario.ts';
import { recordEvent } from '../world/event.ts';
import type { Deployment, Pod } from '../world/kubernetes-object.ts';
import { minute } from '../world/moment.ts';
import { objectOf } from '../world/object.ts';
import { removePod } from '../world/pod/pod.ts';
import { firstReplicaSetOf } from '../world/pod/replica-set.ts';
import { addReplica, podsOf } from '../world/pod/workload.ts';
import type { World, WorldCluster } from '../world/world.ts';

/** Scales a Deployment down to nothing, as `kubectl scale --replicas=0` does. */
export function scaleToZero(world: World, cluster: WorldCluster, place: Place): void {
  const deployment = objectOf(cluster, 'Deployment', place);
  const replicaSet = firstReplicaSetOf(cluster, deployment);
  for (const pod of podsOf(cluster, deployment)) removePod(world, cluster, pod);
  recordEvent(world, cluster, {
    about: deployment,
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled down replica set ${replicaSet.metadata.name} from ${deployment.spec.replicas} to 0`,
    component: 'deployment-controller',
    ageSeconds: faultAgeSeconds,
  });
  setReplicas(cluster, deployment, 0);
}

/** Adds one pod to a Deployment, `ageSeconds` ago. */
export function scaleUp(
  world: World,
  cluster: WorldCluster,
  { deployment, ageSeconds }: { deployment: Deployment; ageSeconds: number },
): void {
  const replicas = deployment.spec.replicas + 1;
  addTwin(world, cluster, { deployment, index: replicas - 1, ageSeconds });
  setReplicas(cluster, deployment, replicas);
}

/** Replaces every pod of a Deployment by a new one with another name and address, as a rollout restart does. */
export function replacePods(world: World, cluster: WorldCluster, deployment: Deployment): void {
  const old = podsOf(cluster, deployment);
  const ageSeconds = faultAgeSeconds + minute;
  for (const index of old.keys()) addTwin(world, cluster, { deployment, index: old.length + index, ageSeconds });
  for (const pod of old) removePod(world, cluster, pod);
}

interface Twin {
  deployment: Deployment;
  index: number;
  ageSeconds: number;
  /** Indexes of the nodes that it may run on; all by default. */
  nodes?: number[];
}

/** Takes the last pod of a Deployment away. */
export function scaleDown(world: World, cluster: WorldCluster, deployment: Deployment): void {
  const last = podsOf(cluster, deployment).at(-1);
  if (last) removePod(world, cluster, last);
  setReplicas(cluster, deployment, deployment.spec.replicas - 1);
}

/** Adds a pod that behaves as the first pod of the Deployment does. */
export function addTwin(world: World, cluster: WorldCluster, { deployment, index, ageSeconds, nodes }: Twin): Pod {
  const { namespace, name } = deployment.metadata;
  const [first] = podsOf(cluster, deployment);
  const process = cluster.processes[`${namespace}/${first?.metadata.name}`]?.[0];
  if (process === undefined) throw new Error(`no pod of ${namespace}/${name} to copy`);
  return addReplica(world, cluster, {
    replicaSet: firstReplicaSetOf(cluster, deployment),
    options: { namespace, name, listensOn: process.port, behaviour: process.behaviour, ...(nodes && { nodes }) },
    index,
    ageSeconds,
  });
}

function setReplicas(cluster: WorldCluster, deployment: Deployment, replicas: number): void {
  deployment.spec.replicas = replicas;
  firstReplicaSetOf(cluster, deployment).spec.replicas = replicas;
}
