import { stickKubeProxy } from '../faults/stick-kube-proxy.ts';
import { scenario } from '../scenario.ts';
import { minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** That kube-proxy had stopped writing rules when the Service was made. */
export const nodeportRulesNotProgrammed = scenario({
  id: 'nodeport-rules-not-programmed',
  title: 'A new Service has no rule on the node whose kube-proxy is stuck',
  arrange(world, cluster, place) {
    const [node] = objectsOf(cluster, 'Node');
    if (node) stickKubeProxy(world, cluster, { node, ageSeconds: 40 * minute });
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' }, ageSeconds: 15 * minute });
  },
  expect: { verdict: 'unhealthy', cause: 'nodeport-rules-not-programmed', targets: { healthy: 2, unhealthy: 1 } },
});
