import type { Noticed } from './controller/noticed.ts';
import { reconcile } from './controller/reconcile.ts';
import { copyOf } from './copy.ts';
import { writeEndpointSlices } from './physics/endpoint-slices.ts';
import { runReadinessProbes } from './physics/kubelet.ts';
import { listener } from './physics/listener.ts';
import { packetFilter } from './physics/packet-filter.ts';
import { openSockets } from './physics/sockets.ts';
import { judgeTargets } from './physics/target-health.ts';
import { writeWorkloadStatus } from './physics/workload-status.ts';
import { renewLease } from './world/leader-lease.ts';
import type { World, WorldCluster } from './world/world.ts';

export interface SettleOptions {
  /** What load balancing controllers look at, all by default; false: they have not looked yet, so that AWS keeps what it has. */
  reconcile?: boolean | ((cluster: WorldCluster) => Noticed);
}

/**
 * A new world in which everything has followed from what is there: readiness, EndpointSlices, load balancers and
 * registrations, target health, and what the prober meets. Settling a settled world changes nothing.
 */
export function settle(world: World, options: SettleOptions = {}): World {
  const settled = copyOf(world);
  const { reconcile: looks = true } = options;
  for (const cluster of settled.clusters) {
    runReadinessProbes(settled, cluster);
    writeWorkloadStatus(settled, cluster);
    writeEndpointSlices(settled, cluster);
    if (cluster.controllerRunning) renewLease(settled, cluster);
    if (typeof looks === 'function') reconcile(settled, cluster, looks(cluster));
    else if (looks) reconcile(settled, cluster);
  }
  const passes = packetFilter(settled);
  const listens = listener(settled, passes);
  settled.targetHealth = judgeTargets(settled, passes, listens);
  settled.sockets = openSockets(settled, passes, listens);
  return settled;
}
