import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** Somebody moved the certificate to the load balancer and left the server as it was. */
export const tlsEndedTwice = scenario({
  id: 'tls-ended-twice',
  title: 'The listener ends TLS and forwards plain text to a server that still speaks TLS',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      port: 8443,
      behaviour: { kind: 'http', paths: { '*': 200 }, tls: {} },
      readinessProbe: { httpGet: { path: '/ready', port: 8443, scheme: 'HTTPS' } },
    });
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'https', port: 443, targetPort: 8443 }],
      annotations: {
        [`${prefix}ssl-cert`]: `arn:aws:acm:${world.region}:${world.account}:certificate/7d0b6a1c-4f3e-4d5a-8b9c-0e1f2a3b4c5d`,
      },
    });
  },
  expect: { verdict: 'unserved', cause: 'tls-ended-twice', targets: { healthy: 3 } },
});
