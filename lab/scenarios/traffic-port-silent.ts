import { runCilium } from '../faults/run-cilium.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** kube-proxy answers the health check; what it forwards to its own pods is lost. */
export const trafficPortSilent = scenario({
  id: 'traffic-port-silent',
  title: 'Under the policy Local every target is healthy, and a chained plugin drops what nodes forward to their pods',
  arrange(world, cluster, place) {
    runCilium(world, cluster);
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'instance', externalTrafficPolicy: 'Local' });
  },
  strike(_world, cluster, { namespace }) {
    cluster.dropsLocalPodsIn = namespace;
  },
  expect: { verdict: 'unserved', cause: 'traffic-port-silent', targets: { healthy: 3 } },
});
