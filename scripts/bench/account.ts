import type { Incident } from '../../lab/faults/incident.ts';
import { settleWith } from '../../lab/faults/incident.ts';
import type { Scenario } from '../../lab/scenario.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { buildAccount, zones } from '../../lab/world/account.ts';
import { addCluster } from '../../lab/world/cluster.ts';
import { addWorkload } from '../../lab/world/pod/workload.ts';
import { addService } from '../../lab/world/service.ts';
import type { World } from '../../lab/world/world.ts';

/** How an account is made other than usual. */
interface Made {
  /** What is broken in each cluster. */
  broken?: Scenario;
  /** RFC 3339; its moment. */
  now?: string;
}

/** One VPC with so many clusters of so many Services each, one of them broken. */
export function accountOf(clusters: number, servicesEach: number, { broken = podCrashloop, now }: Made = {}): World {
  const world = buildAccount(now === undefined ? {} : { now });
  // The usual subnets have 4,000 addresses each, which the interfaces of 3,000 load balancers and their pods use up.
  for (const [index, subnet] of world.subnets.slice(0, zones.length).entries())
    subnet.cidr = `${world.network}.${index * 64}.0/18`;
  const incidents: Incident[] = [];
  for (let number = 0; number < clusters; number += 1) {
    const name = `cluster-${number}`;
    const cluster = addCluster(world, { name });
    for (let index = 1; index < servicesEach; index += 1) {
      const place = { namespace: 'team', name: `service-${index}` };
      addWorkload(world, cluster, { ...place, replicas: 3 });
      addService(world, cluster, { ...place, targetType: 'ip' });
    }
    incidents.push({ scenario: broken, cluster: name, namespace: 'team', service: 'broken' });
  }
  return settleWith(world, incidents);
}
