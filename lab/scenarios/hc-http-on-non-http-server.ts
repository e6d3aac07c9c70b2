import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** An HTTP/2 SETTINGS frame, with which a server without TLS begins (RFC 9113, 3.4). */
const settingsFrame = '\u0000\u0000\u0006\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0003\u0000\u0000\u0000\u0064';

/** The kubelet asks in gRPC, so that the pods are Ready. */
export const hcHttpOnNonHttpServer = scenario({
  id: 'hc-http-on-non-http-server',
  title: 'A gRPC server gets health checks in HTTP/1.1',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      port: 50051,
      portName: 'grpc',
      behaviour: { kind: 'banner', text: settingsFrame },
      readinessProbe: { grpc: { port: 50051 } },
    });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'grpc', appProtocol: 'kubernetes.io/h2c', port: 50051, targetPort: 50051 }],
      healthCheck: { protocol: 'http', path: '/grpc.health.v1.Health/Check', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'hc-http-on-non-http-server', targets: { unhealthy: 3 } },
});
