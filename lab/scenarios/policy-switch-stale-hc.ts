import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The API server takes healthCheckNodePort away with the policy, and kube-proxy closes it (KK#80996). */
export const policySwitchStaleHc = scenario({
  id: 'policy-switch-stale-hc',
  title: 'The Service went from Local to Cluster, and cloud-provider-aws left the health check as it was',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, controller: 'ccm', externalTrafficPolicy: 'Local' });
  },
  strike(_world, cluster, place) {
    const { spec } = objectOf(cluster, 'Service', place);
    spec.externalTrafficPolicy = 'Cluster';
    delete spec.healthCheckNodePort;
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'policy-switch-stale-hc',
    mechanisms: ['hc-port-wrong'],
    targets: { unhealthy: 3 },
  },
});
