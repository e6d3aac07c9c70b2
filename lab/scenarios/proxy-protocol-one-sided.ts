import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** As nginx with use-proxy-protocol, behind a TCP check: cloud-provider-aws passes the annotation over for Network Load Balancers. */
export const proxyProtocolOneSided = scenario({
  id: 'proxy-protocol-one-sided',
  title: 'The application insists on Proxy Protocol, and the controller ignores the annotation that asks for it',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, {
      ...place,
      behaviour: { kind: 'http', paths: { '*': 200 }, proxyProtocol: 'required' },
      readinessProbe: { tcpSocket: { port: 8080 } },
    });
    addService(world, cluster, {
      controller: 'ccm',
      ...place,
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol': '*' },
    });
  },
  expect: { verdict: 'unserved', cause: 'proxy-protocol-one-sided', targets: { healthy: 3 } },
});
