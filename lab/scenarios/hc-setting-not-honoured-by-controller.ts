import { scenario } from '../scenario.ts';
import { addWorkload, answering } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A WebSocket server answers 426 to a plain GET. The manifest was written for the AWS Load Balancer Controller. */
export const hcSettingNotHonouredByController = scenario({
  id: 'hc-setting-not-honoured-by-controller',
  title: 'The Service asks for success codes, and belongs to cloud-provider-aws, which knows none',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      behaviour: answering({ '*': 426 }),
      readinessProbe: { tcpSocket: { port: 8080 } },
    });
    addService(world, cluster, {
      ...place,
      controller: 'ccm',
      healthCheck: { protocol: 'http', path: '/', 'success-codes': '200-399,426' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'hc-setting-not-honoured-by-controller',
    mechanisms: ['hc-success-codes-mismatch'],
    targets: { unhealthy: 3 },
  },
});
