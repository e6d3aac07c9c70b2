import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The kubelet, browsers and curl speak TLS 1.3. */
export const hcHttpsTls13Only = scenario({
  id: 'hc-https-tls13-only',
  title: 'A hardened application accepts TLS 1.3 only, and the health check is HTTPS',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      port: 8443,
      portName: 'https',
      behaviour: { kind: 'http', paths: { '*': 200 }, tls: { minVersion: 'TLSv1.3' } },
      readinessProbe: { httpGet: { path: '/ready', port: 8443, scheme: 'HTTPS' } },
    });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'https', port: 443, targetPort: 8443 }],
      healthCheck: { protocol: 'https', path: '/ready', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-https-tls13-only', targets: { unhealthy: 3 } },
});
