import { noControllerOwnsService } from '../../core/checks/owner/no-controller-owns-service.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { Service } from '../../core/model/kubernetes.ts';
import { given, testCheck } from './check-tester.ts';
import { cluster, controller, failing, ip, lease, ownedBy, stale } from './controller-case.ts';

const type = 'service.beta.kubernetes.io/aws-load-balancer-type';
const asking = (
  make: () => Facts,
  loadBalancerClass: string | undefined,
  annotations: Service['metadata']['annotations'] = {},
) =>
  given(make, (facts) => {
    facts.cluster = cluster(false);
    for (const service of facts.slices.services) {
      if (loadBalancerClass !== undefined) service.spec.loadBalancerClass = loadBalancerClass;
      service.metadata.annotations = annotations;
    }
  });
const lbc = 'service.k8s.aws/nlb';
const targetType = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

/** A controller whose flag names the class that it takes. */
const taking = (make: () => Facts, loadBalancerClass: string) =>
  given(make, ({ slices }) => {
    const deployment = controller(2);
    const args = ['--cluster-name=shop', `--load-balancer-class=${loadBalancerClass}`];
    const image = 'public.ecr.aws/eks/aws-load-balancer-controller:v2.13.4';
    deployment.spec.template.containers.push({ name: 'controller', image, command: [], args, env: [], ports: [] });
    slices.workloads.push(deployment);
  });

testCheck(noControllerOwnsService, {
  found: [
    {
      name: 'the class of a controller that is not installed, with a stale target',
      facts: asking(stale, lbc),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: /class service.k8s.aws\/nlb requests the AWS Load Balancer Controller.*no Deployment of it; 10.0.2.77/,
    },
    {
      name: 'a leader that gave up its Lease long ago and left no Deployment',
      facts: given(asking(stale, lbc), ({ slices }) => slices.leases.push(lease(3600))),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: 'no Deployment of it',
    },
    {
      name: 'type external without a target type',
      facts: asking(stale, undefined, { [type]: 'external' }),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'type external without nlb-target-type',
    },
    {
      name: 'the class of EKS Auto Mode in a cluster where it is off',
      facts: asking(stale, 'eks.amazonaws.com/nlb'),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'load balancing is off in this cluster',
    },
    {
      name: 'a class of somebody else, while all targets are still healthy',
      facts: asking(ip, 'example.com/other'),
      targets: [],
      confidence: 'probable',
      saw: 'class example.com/other belongs to no known controller',
    },
    {
      name: 'a Service that went from cloud-provider-aws to a controller that runs',
      facts: given(
        ownedBy(asking(stale, undefined, { [type]: 'external', [targetType]: 'ip' }), 'cloud-provider-aws'),
        ({ slices }) => slices.workloads.push(controller(2)),
      ),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: /cloud-provider-aws created the target group, and it ignores a Service with type external; 10.0.2.77/,
    },
    {
      name: 'the usual class, where the only controller takes another one',
      facts: taking(asking(stale, lbc), 'example.com/inner'),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: 'class service.k8s.aws/nlb belongs to no known controller',
    },
  ],
  ruledOut: [
    {
      name: 'a controller that is installed, though it does not run',
      facts: given(asking(stale, lbc), ({ slices }) => slices.workloads.push(controller(0))),
    },
    {
      name: 'a controller that leads from outside of the cluster',
      facts: given(asking(stale, lbc), ({ slices }) => slices.leases.push(lease(4))),
    },
    {
      name: 'EKS Auto Mode where it is on',
      facts: given(asking(stale, 'eks.amazonaws.com/nlb'), (facts) => {
        facts.cluster = cluster(true);
      }),
    },
    {
      name: 'a class that the controller takes by its flag',
      facts: taking(asking(ip, 'example.com/inner'), 'example.com/inner'),
    },
    {
      name: 'annotations alone, in a cluster of EKS Auto Mode',
      facts: given(asking(stale, undefined, { [type]: 'external', [targetType]: 'ip' }), (facts) => {
        facts.cluster = cluster(true);
      }),
    },
    { name: 'cloud-provider-aws, which needs no Deployment', facts: asking(stale, undefined, { [type]: 'nlb' }) },
    {
      name: 'a Service that stays with cloud-provider-aws',
      facts: ownedBy(asking(stale, undefined, { [type]: 'nlb' }), 'cloud-provider-aws'),
    },
    {
      name: 'a Service with an annotation of old behind a binding of one’s own',
      facts: given(
        ownedBy(asking(stale, undefined, { [type]: 'external', [targetType]: 'ip' }), 'cloud-provider-aws'),
        (facts) => {
          facts.slices.workloads.push(controller(2));
          for (const owner of facts.owners) owner.by = 'target-group-binding';
        },
      ),
    },
    { name: 'failing pods of a deserted Service whose target group is as it asks', facts: asking(failing, lbc) },
    {
      name: 'a Service behind a binding of one’s own',
      facts: given(asking(stale, lbc), ({ slices }) => {
        for (const { spec } of slices.services) spec.type = 'NodePort';
      }),
    },
  ],
});
