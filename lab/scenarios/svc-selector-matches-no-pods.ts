import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** kube-proxy rejects connections to the NodePort on every node. */
export const svcSelectorMatchesNoPods = scenario({
  id: 'svc-selector-matches-no-pods',
  title: 'The selector of the Service names a label that no pod has',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      selector: { app: place.name, tier: 'frontend' },
      healthCheck: { timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'svc-selector-matches-no-pods', targets: { unhealthy: 3 } },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
