import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** As nginx with use-proxy-protocol; its readiness probe only connects. */
export const ppv2ExpectedButNotSent = scenario({
  id: 'ppv2-expected-but-not-sent',
  title: 'The application demands Proxy Protocol, and the target group does not send it',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      behaviour: { kind: 'http', paths: { '*': 200 }, proxyProtocol: 'required' },
      readinessProbe: { tcpSocket: { port: 8080 } },
    });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/healthz', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'ppv2-expected-but-not-sent', targets: { unhealthy: 3 } },
});
