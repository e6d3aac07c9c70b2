import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Every third connection is reset; a threshold of three at the default interval would ride it out. */
export const hcThresholdsTooTight = scenario({
  id: 'hc-thresholds-too-tight',
  title: 'Two failures within ten seconds are enough to call a target unhealthy',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, behaviour: { kind: 'http', paths: { '*': 200 }, failEvery: 3 } });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: {
        protocol: 'http',
        path: '/ready',
        interval: '5',
        timeout: '2',
        'healthy-threshold': '2',
        'unhealthy-threshold': '2',
      },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-thresholds-too-tight', targets: { unhealthy: 3 } },
});
