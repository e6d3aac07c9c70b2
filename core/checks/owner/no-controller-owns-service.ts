import { controllerDeployment, controllerOf, leaderless, secondsSinceRenewal } from '../../controllers/controller.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { Cluster } from '../../model/aws.ts';
import type { Confidence } from '../../model/check-result.ts';
import type { Lease, Service, Workload } from '../../model/kubernetes.ts';
import { isUnmanaged } from '../../model/owner.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

export const noControllerOwnsService = check({
  id: 'no-controller-owns-service',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'owner',
  severity: 'critical',
  title: 'No controller of the cluster manages the load balancer any more',
  symptom: 'The Service has no load balancer address, or a load balancer that no longer follows it.',
  why: `A Service of type LoadBalancer belongs to the one controller that its class or its annotations name. If that controller is not
installed, or they name none, the earlier load balancer stays in AWS and nothing changes it: new pods and nodes are not
registered, old ones are not removed. The same happens when a Service moves from cloud-provider-aws to another controller, which
creates a separate load balancer.`,
  proof: `The class or the annotations of the Service name no controller of this cluster, judged by the rules of the controllers themselves,
its Deployments and its EKS Auto Mode setting, or name another one while the tags of the target group show that cloud-provider-aws
created it; and the target group differs from what the Service requests.`,
  nearMisses: [
    'The controller is installed but does not run: `controller-not-running-or-stuck`.',
    'cloud-provider-aws ignores every Service that has a class, whatever its annotations are.',
    'A controller may run outside the cluster that it serves: its Lease is still renewed.',
    'The flag --load-balancer-class may make a controller serve another class than service.k8s.aws/nlb.',
  ],
  decidedBy:
    'which controller is meant to serve it: kubectl get deployments --all-namespaces, and the Auto Mode setting of the cluster',
  fix: [
    {
      text: 'Install the controller that the Service names, or delete the Service and create it for an installed one: the class of a Service cannot be changed. A new Service gets a new load balancer with another DNS name.',
      look: { kubectl: 'get service {service} --output yaml', in: '{namespace}' },
    },
    {
      text: 'If another controller has taken over the Service, move clients to its load balancer before you delete the one that is left behind.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb/',
    'https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class',
    'https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html',
  ],
  masks: [],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'workloads'],
  optional: [...driftOptional, 'targetGroupBindings', 'leases'],

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    if (service === undefined || service.spec.type !== 'LoadBalancer') return undefined;
    if (group.owner?.controller === 'aws-load-balancer-controller-gateway' || isUnmanaged(group.owner))
      return undefined;
    const desertion = leftBehind(group, service) ?? desertionOf(service, { ...group, ...facts });
    if (desertion === undefined) return [];
    return evidenceForDrift(group, driftOf(group, facts), (drift) => ({
      saw: [desertion.saw, ...(drift ? [drift.saw] : [])].join('; '),
      expected: 'a controller of the cluster that manages the Service',
      confidence: desertion.confidence,
    }));
  },
});

interface Desertion {
  saw: string;
  confidence: Confidence;
}

/** cloud-provider-aws leaves what it made as it is once it passes the Service by (CPA:pkg/providers/v1, isLBExternal; KCP). */
function leftBehind({ owner }: TargetGroupContext, { spec, metadata }: Service): Desertion | undefined {
  if (owner?.controller !== 'cloud-provider-aws' || owner.by !== 'tags') return undefined;
  const type = metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-type'];
  const isExternal = type === 'external' || type === 'nlb-ip';
  if (spec.loadBalancerClass === undefined && !isExternal) return undefined;
  const word = spec.loadBalancerClass === undefined ? `type ${type}` : `class ${spec.loadBalancerClass}`;
  return {
    saw: `the tags show that cloud-provider-aws created the target group, and it ignores a Service with ${word}`,
    confidence: 'confirmed',
  };
}

interface Place {
  cluster: Cluster | null;
  takenAt: string;
  workloads: Workload[];
  leases: Lease[] | undefined;
}

function desertionOf(service: Service, place: Place): Desertion | undefined {
  const { loadBalancerClass } = service.spec;
  const named = loadBalancerClass === undefined ? 'its annotations' : `class ${loadBalancerClass}`;
  switch (controllerOf(service, place.workloads)) {
    case 'none':
      return loadBalancerClass === undefined
        ? {
            saw: 'type external without nlb-target-type ip or instance, and no class: no controller manages it',
            confidence: 'confirmed',
          }
        : { saw: `${named} belongs to no known controller for Network Load Balancers`, confidence: 'probable' };
    case 'eks-auto-mode':
      if (place.cluster === null || place.cluster.autoModeLoadBalancing) return undefined;
      return {
        saw: `${named} belongs to EKS Auto Mode, whose load balancing is off in this cluster`,
        confidence: 'confirmed',
      };
    case 'aws-load-balancer-controller': {
      // EKS Auto Mode may take the annotations for its own (EKS user guide, auto-configure-nlb).
      if (loadBalancerClass === undefined && place.cluster?.autoModeLoadBalancing) return undefined;
      const renewed = secondsSinceRenewal(place.leases, place.takenAt);
      if (controllerDeployment(place.workloads) !== undefined || (renewed ?? leaderless) < leaderless) return undefined;
      return {
        saw: `${named} requests the AWS Load Balancer Controller, and the cluster has no Deployment of it`,
        confidence: 'probable',
      };
    }
    default:
      return undefined;
  }
}
