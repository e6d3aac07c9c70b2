import { faultAgeSeconds } from '../physics/kubelet.ts';
import { scenario } from '../scenario.ts';
import { recordEvent } from '../world/event.ts';
import { objectOf } from '../world/object.ts';
import { removePod } from '../world/pod/pod.ts';
import { firstReplicaSetOf } from '../world/pod/replica-set.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The nodes were replaced one after the other, and no pod could be made again. */
export const workloadPodsRefused = scenario({
  id: 'workload-pods-refused',
  title: 'The namespace got a quota that leaves no room for the pods of the Service',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    for (const pod of podsOf(cluster, deployment)) removePod(world, cluster, pod);
    const replicaSet = firstReplicaSetOf(cluster, deployment);
    const { name } = replicaSet.metadata;
    recordEvent(world, cluster, {
      about: replicaSet,
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: pods "${name}-x7k2p" is forbidden: exceeded quota: team, requested: pods=1, used: pods=4, limited: pods=4`,
      component: 'replicaset-controller',
      ageSeconds: 30,
      lastingSeconds: faultAgeSeconds,
      count: 14,
    });
  },
  expect: { verdict: 'unhealthy', cause: 'workload-pods-refused', targets: { unhealthy: 3 } },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
