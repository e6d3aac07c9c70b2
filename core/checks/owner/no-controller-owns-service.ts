import { claimantOf, controllerDeployment, leaderless, secondsSinceRenewal } from '../../controllers/controller.ts';
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
  title: 'No controller of the cluster takes care of the load balancer any more',
  symptom: 'The Service has no load balancer address, or a load balancer that no longer follows it.',
  why: `A Service of type LoadBalancer is taken by the one controller that its class or its annotations name. Where that controller
is not installed, or the words name none, the load balancer of earlier days stays in AWS and nobody changes it: new pods and
nodes are not registered, old ones are not removed. The same happens when a Service goes from cloud-provider-aws to another
controller, which makes a load balancer of its own.`,
  proof: `The class or the annotations of the Service name no controller of this cluster, judged by the rules of the controllers themselves,
its Deployments and its EKS Auto Mode setting, or names another one than cloud-provider-aws, by whose tags the target group is
its work; and the target group differs from what the Service asks for.`,
  nearMisses: [
    'A controller that is installed but does not run is `controller-not-running-or-stuck`.',
    'cloud-provider-aws passes by every Service that has a class, whatever its annotations say.',
    'A controller may run outside of the cluster that it serves: then its Lease is renewed all the same.',
    'A controller may be told by --load-balancer-class to take another class than service.k8s.aws/nlb.',
  ],
  decidedBy:
    'which controller is meant to serve it: kubectl get deployments --all-namespaces, and the Auto Mode setting of the cluster',
  fix: [
    {
      text: 'Install the controller that the Service names, or create the Service anew for one that is there: the class of a Service cannot be changed.',
      command: 'kubectl --namespace {namespace} get service {service} --output yaml',
      danger: 'A new Service gets a new load balancer with another DNS name.',
      verify: 'kubectl --namespace {namespace} describe service {service}',
    },
    {
      text: 'Where another controller has taken the Service over, lead clients to the load balancer that it made before you delete the one that is left behind.',
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
      expected: 'a controller of the cluster that takes the Service for its own',
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
    saw: `the tags say that cloud-provider-aws made the target group, and it passes by a Service with ${word}`,
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
  switch (claimantOf(service, place.workloads)) {
    case 'none':
      return loadBalancerClass === undefined
        ? {
            saw: 'type external without nlb-target-type ip or instance, and no class: no controller takes it',
            confidence: 'confirmed',
          }
        : { saw: `${named} is that of no controller for Network Load Balancers known here`, confidence: 'probable' };
    case 'eks-auto-mode':
      if (place.cluster === null || place.cluster.autoModeLoadBalancing) return undefined;
      return {
        saw: `${named} is that of EKS Auto Mode, whose load balancing is off in this cluster`,
        confidence: 'confirmed',
      };
    case 'aws-load-balancer-controller': {
      // EKS Auto Mode may take the annotations for its own (EKS user guide, auto-configure-nlb).
      if (loadBalancerClass === undefined && place.cluster?.autoModeLoadBalancing) return undefined;
      const renewed = secondsSinceRenewal(place.leases, place.takenAt);
      if (controllerDeployment(place.workloads) !== undefined || (renewed ?? leaderless) < leaderless) return undefined;
      return {
        saw: `${named} asks for the AWS Load Balancer Controller, and the cluster has no Deployment of it`,
        confidence: 'probable',
      };
    }
    default:
      return undefined;
  }
}
