import { crashController } from '../faults/crash-controller.ts';
import { replacePods } from '../faults/scale.ts';
import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Helm does not upgrade them. */
export const controllerCrdsOutdated = scenario({
  id: 'controller-crds-outdated',
  title: 'The controller was upgraded without its CustomResourceDefinitions, and crashes',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    crashController(world, cluster, [
      `{"level":"error","ts":"${world.now}","logger":"setup","msg":"problem running manager","error":"no matches for kind \\"ALBTargetControlConfig\\" in version \\"elbv2.k8s.aws/v1beta1\\""}`,
    ]);
    replacePods(world, cluster, objectOf(cluster, 'Deployment', place));
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'controller-crds-outdated',
    mechanisms: ['stale-targets-not-deregistered'],
    targets: { unhealthy: 3 },
  },
});
