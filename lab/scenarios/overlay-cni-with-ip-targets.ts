import { scenario } from '../scenario.ts';
import { moveOut, networkOutside } from '../world/network/outside-vpc.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Calico hands out addresses of its own pool in this namespace and encapsulates what goes from node to node. */
export const overlayCniWithIpTargets = scenario({
  id: 'overlay-cni-with-ip-targets',
  title: 'Pods of an overlay network are registered by their addresses',
  arrange(world, cluster, place) {
    const pool = networkOutside(world);
    const deployment = addWorkload(world, cluster, place);
    const pods = podsOf(cluster, deployment);
    for (const [index, pod] of pods.entries()) {
      moveOut(world, pod, pool, index);
      pod.metadata.annotations['cni.projectcalico.org/podIP'] = `${pod.status.podIP}/32`;
    }
    const names = pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    cluster.controllerFailures = [
      {
        call: 'resolve pod ENI',
        service: place,
        message: `cannot resolve pod ENI for pods: [${names.join(' ')}]`,
      },
    ];
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'overlay-cni-with-ip-targets', targets: { unhealthy: 3 } },
});
