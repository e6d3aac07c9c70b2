import { copyOf } from '../../copy.ts';
import type { Pod } from '../kubernetes-object.ts';
import type { Behaviour, WorldCluster } from '../world.ts';

/** Makes every process of the pods behave so from now on. */
export function answerWith(cluster: WorldCluster, pods: Pod[], behaviour: Behaviour): void {
  for (const pod of pods) {
    const { namespace, name } = pod.metadata;
    for (const process of cluster.processes[`${namespace}/${name}`] ?? []) {
      process.behaviour = copyOf(behaviour);
    }
  }
}
