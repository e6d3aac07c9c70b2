import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** cloud-provider-aws obeys the type nlb, and registers the nodes. */
export const wrongControllerInstanceInsteadOfIp = scenario({
  id: 'wrong-controller-instance-instead-of-ip',
  title: 'A health check meant for pods goes to the nodes, because the controller knows no ip targets',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      controller: 'ccm',
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' },
      healthCheck: { protocol: 'http', path: '/ready', port: '8080' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'wrong-controller-instance-instead-of-ip',
    mechanisms: ['hc-port-wrong'],
    targets: { unhealthy: 3 },
  },
});
