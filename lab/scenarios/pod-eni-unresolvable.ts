import { moveToPort } from '../faults/move-to-port.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Pods are registered whether or not their interfaces are known; the rule is not written. */
export const podEniUnresolvable = scenario({
  id: 'pod-eni-unresolvable',
  title: 'The controller does not find the interfaces of the pods that it registers',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, place) {
    const pods = podsOf(cluster, objectOf(cluster, 'Deployment', place));
    const names = pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    cluster.controllerFailures = [
      {
        call: 'resolve pod ENI',
        service: place,
        message: `cannot resolve pod ENI for pods: [${names.join(' ')}]`,
      },
    ];
    moveToPort(cluster, place, 3000);
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'pod-eni-unresolvable',
    mechanisms: ['sg-target-missing-health-check-rule'],
    targets: { unhealthy: 3 },
  },
});
