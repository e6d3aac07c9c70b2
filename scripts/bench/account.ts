import { buildAccount } from '../../lab/account.ts';
import { addCluster } from '../../lab/cluster.ts';
import type { Incident } from '../../lab/incident.ts';
import { settleWith } from '../../lab/incident.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { addService } from '../../lab/service.ts';
import { addWorkload } from '../../lab/workload.ts';
import type { World } from '../../lab/world.ts';

/** One VPC with so many clusters of so many Services each, one of them broken. */
export function accountOf(clusters: number, servicesEach: number): World {
  const world = buildAccount({});
  const incidents: Incident[] = [];
  for (let number = 0; number < clusters; number += 1) {
    const name = `cluster-${number}`;
    const cluster = addCluster(world, { name });
    for (let index = 1; index < servicesEach; index += 1) {
      const place = { namespace: 'team', name: `service-${index}` };
      addWorkload(world, cluster, { ...place, replicas: 3 });
      addService(world, cluster, { ...place, targetType: 'ip' });
    }
    incidents.push({ scenario: podCrashloop, cluster: name, namespace: 'team', service: 'broken' });
  }
  return settleWith(world, incidents);
}
