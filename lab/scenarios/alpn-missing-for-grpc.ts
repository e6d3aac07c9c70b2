import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/** Older clients did without ALPN; the next release of their library closes the connection. */
export const alpnMissingForGrpc = scenario({
  id: 'alpn-missing-for-grpc',
  title: 'A TLS listener in front of a gRPC server does not offer HTTP/2',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      port: 9090,
      behaviour: { kind: 'tcp' },
      readinessProbe: { tcpSocket: { port: 9090 } },
    });
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'grpc', port: 443, targetPort: 9090 }],
      annotations: {
        [`${prefix}ssl-cert`]: `arn:aws:acm:${world.region}:${world.account}:certificate/9e1f2a3b-4c5d-4e6f-8a7b-1c2d3e4f5a6b`,
      },
    });
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
