import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The kubelet is told to use HTTPS, so that the pods are Ready. */
export const hcProtocolTlsMismatch = scenario({
  id: 'hc-protocol-tls-mismatch',
  title: 'The application serves TLS, and the health check asks in plain HTTP',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      port: 8443,
      portName: 'https',
      behaviour: { kind: 'http', paths: { '*': 200 }, tls: {} },
      readinessProbe: { httpGet: { path: '/ready', port: 8443, scheme: 'HTTPS' } },
    });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'https', port: 443, targetPort: 8443 }],
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-protocol-tls-mismatch', targets: { unhealthy: 3 } },
});
