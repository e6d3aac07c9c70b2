import { replacePods } from '../faults/scale.ts';
import { stall } from '../faults/stall.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A clean-up of the registry deleted the tag; the pods were restarted and cannot pull it any more. */
export const podImagePullFailure = scenario({
  id: 'pod-image-pull-failure',
  title: 'The image tag of the restarted pods no longer exists in the registry',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    replacePods(world, cluster, deployment);
    for (const pod of podsOf(cluster, deployment)) {
      const { image } = pod.spec.containers[0];
      stall(world, cluster, {
        pod,
        waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` },
        event: {
          reason: 'Failed',
          message: `Failed to pull image "${image}": rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
        },
      });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'pod-image-pull-failure', targets: { unhealthy: 3 } },
  variants: {
    ip: { place: { targetType: 'ip' }, expect: { targets: { draining: 3 } } },
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
