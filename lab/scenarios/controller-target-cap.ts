import { scenario } from '../scenario.ts';
import { loadBalancerController } from '../world/add-ons.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The limit was meant for another cluster; the controller reports success. */
export const controllerTargetCap = scenario({
  id: 'controller-target-cap',
  title: 'The controller may register three targets, and five pods are ready',
  arrange(world, cluster, place) {
    const [controller] = objectOf(cluster, 'Deployment', loadBalancerController).spec.template.spec.containers;
    controller.args = [...(controller.args ?? []), '--max-targets-per-target-group=3'];
    addWorkload(world, cluster, { ...place, replicas: 5 });
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  expect: { verdict: 'unhealthy', cause: 'controller-target-cap', targets: { healthy: 3 } },
});
