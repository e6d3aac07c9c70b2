import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Health checks are TCP whatever the listener is. */
export const hcUdpWithoutTcpResponder = scenario({
  id: 'hc-udp-without-tcp-responder',
  title: 'A syslog receiver serves UDP, and nothing answers TCP on its port',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, port: 5514, portName: 'syslog', protocol: 'UDP', readinessProbe: null });
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'syslog', protocol: 'UDP', port: 514, targetPort: 5514 }],
      healthCheck: { timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-udp-without-tcp-responder', targets: { unhealthy: 3 } },
});
