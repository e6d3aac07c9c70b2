import { type BuildOptions, buildAccount } from './account.ts';
import { addCluster } from './cluster.ts';
import { addNoise } from './noise.ts';
import { addWorkload } from './pod/workload.ts';
import { addService } from './service.ts';
import type { World } from './world.ts';

/** An account with the cluster `shop`, two healthy Services that stand by in each scenario, and noise; not settled. */
export function shop(options: BuildOptions = {}): World {
  const world = buildAccount(options);
  const cluster = addCluster(world, { name: 'shop' });
  addWorkload(world, cluster, { namespace: 'web', name: 'storefront' });
  addService(world, cluster, {
    namespace: 'web',
    name: 'storefront',
    ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }],
    healthCheck: { timeout: '2' },
  });
  addWorkload(world, cluster, { namespace: 'catalog', name: 'search' });
  addService(world, cluster, {
    namespace: 'catalog',
    name: 'search',
    targetType: 'ip',
    healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
  });
  addNoise(world, cluster);
  return world;
}
