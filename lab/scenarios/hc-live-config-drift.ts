import { modifyTargetGroups } from '../faults/modify-target-group.ts';
import { scenario } from '../scenario.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Nothing in Kubernetes has changed, so that the controller has no reason to look. */
export const hcLiveConfigDrift = scenario({
  id: 'hc-live-config-drift',
  title: 'Somebody changed the path of the health check in the console',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: answering({ '/ready': 200, '*': 404 }) });
    addService(world, cluster, {
      targetType: 'ip',
      ...place,
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, place) {
    modifyTargetGroups(world, cluster, { place, healthCheck: { path: '/status' } });
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'hc-live-config-drift',
    mechanisms: ['hc-path-wrong-status'],
    targets: { unhealthy: 3 },
  },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
    auto: { place: { controller: 'auto' } },
  },
});
