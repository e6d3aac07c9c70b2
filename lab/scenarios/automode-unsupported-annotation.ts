import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The manifest comes from a cluster with the AWS Load Balancer Controller, where the annotation took effect. */
export const automodeUnsupportedAnnotation = scenario({
  id: 'automode-unsupported-annotation',
  title: 'The application waits for a Proxy Protocol header that EKS Auto Mode was asked for in vain',
  arrange(world, cluster, place) {
    cluster.cluster.autoModeLoadBalancing = true;
    addWorkload(world, cluster, {
      ...place,
      behaviour: { kind: 'http', paths: { '*': 200 }, proxyProtocol: 'required' },
      readinessProbe: { tcpSocket: { port: 8080 } },
    });
    addService(world, cluster, {
      ...place,
      controller: 'auto',
      targetType: 'ip',
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol': '*' },
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'automode-unsupported-annotation',
    mechanisms: ['ppv2-expected-but-not-sent'],
    targets: { unhealthy: 3 },
  },
});
