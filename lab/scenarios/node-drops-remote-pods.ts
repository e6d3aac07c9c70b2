import { runCilium } from '../faults/run-cilium.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The security group of the nodes is for TCP alone, and Cilium was switched to tunnels. */
export const nodeDropsRemotePods = scenario({
  id: 'node-drops-remote-pods',
  title: 'Nodes without a pod pass health checks on through a tunnel that gets lost',
  arrange(world, cluster, place) {
    runCilium(world, cluster, { 'routing-mode': 'tunnel', 'tunnel-protocol': 'vxlan' });
    addWorkload(world, cluster, { ...place, replicas: 1, nodes: [0] });
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
  },
  strike(_world, cluster, { namespace }) {
    cluster.dropsRemotePodsIn = namespace;
  },
  expect: { verdict: 'unhealthy', cause: 'node-drops-remote-pods', targets: { healthy: 1, unhealthy: 2 } },
});
