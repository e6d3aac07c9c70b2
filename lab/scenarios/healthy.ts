import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** An instance Service; its ip twin stands by in every scenario. */
export const healthy = scenario({
  id: 'healthy',
  title: 'Nothing is wrong',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, place);
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
