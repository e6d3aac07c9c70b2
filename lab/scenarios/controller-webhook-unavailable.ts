import { scenario } from '../scenario.ts';
import { objectOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Another target type makes another target group, and its binding cannot be stored. */
export const controllerWebhookUnavailable = scenario({
  id: 'controller-webhook-unavailable',
  title: 'The API server does not trust the certificate of the controller’s webhook',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'instance',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(_world, cluster, place) {
    cluster.controllerFailures = [
      {
        call: 'create targetgroupbindings',
        message:
          'Internal error occurred: failed calling webhook "mtargetgroupbinding.elbv2.k8s.aws": failed to call webhook: Post "https://aws-load-balancer-webhook-service.kube-system.svc:443/mutate-elbv2-k8s-aws-v1beta1-targetgroupbinding?timeout=10s": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      },
    ];
    Object.assign(objectOf(cluster, 'Service', place).metadata.annotations, {
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip',
    });
  },
  expect: { verdict: 'unhealthy', cause: 'controller-webhook-unavailable', targets: {} },
});
