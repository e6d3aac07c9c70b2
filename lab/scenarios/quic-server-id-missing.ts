import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Nobody labelled the namespace, so that the webhook gave the pods no id. */
export const quicServerIdMissing = scenario({
  id: 'quic-server-id-missing',
  title: 'Pods behind a QUIC port have no server id and are left out',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, port: 8443, portName: 'quic' });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'quic', protocol: 'UDP', port: 443, targetPort: 8443 }],
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-quic-enabled-ports': '443' },
      healthCheck: { timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'quic-server-id-missing', targets: {} },
});
