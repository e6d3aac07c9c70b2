import { scenario } from '../scenario.ts';
import { objectsOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** It opens 8443 only once a certificate is configured in the cluster; here TLS ends at the load balancer. */
export const tlsListenerToClosedBackend = scenario({
  id: 'tls-listener-to-closed-backend',
  title: 'The TLS listener forwards to a port that the gateway has not opened',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    for (const { metadata, spec } of objectsOf(cluster, 'Pod')) {
      if (metadata.namespace !== place.namespace || metadata.labels.app !== place.name) continue;
      spec.containers[0].ports?.push({ name: 'https', containerPort: 8443, protocol: 'TCP' });
    }
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
      healthCheck: { timeout: '2' },
      annotations: {
        [`${prefix}ssl-cert`]: `arn:aws:acm:${world.region}:${world.account}:certificate/3c1f6f3e-2a5b-4a7f-9d7e-8b1f2c3d4e5f`,
        [`${prefix}ssl-ports`]: 'https',
      },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'tls-listener-to-closed-backend',
    mechanisms: ['container-not-listening-on-target-port'],
    targets: { healthy: 3, unhealthy: 3 },
  },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
  },
});
