import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOfService, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';

export const subnetDiscoveryFailed = check({
  id: 'subnet-discovery-failed',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'registration',
  severity: 'high',
  title: 'The controller finds no subnets for the load balancer',
  symptom: 'The load balancer is not created or not changed, and an event names subnets.',
  why: `Before anything else the controller selects one subnet per zone, by annotation or by the role tags of subnets. If a named subnet is
gone, all are tagged for other clusters, or fewer than eight addresses are free, it stops there. An existing load balancer keeps
working, and later changes of the Service, including those of the health check, are never applied to AWS.`,
  proof: `The last event about the Service reports that its subnets could not be resolved, and the target group lacks something that the Service
requests.`,
  nearMisses: [
    'An existing load balancer keeps working: on a healthy target group this is only a risk.',
    'If the load balancer has no subnet in a zone, targets there are unused; no event reports this.',
  ],
  decidedBy: 'the subnets themselves: their tags, zones and free addresses',
  fix: [
    {
      text: 'Set existing subnets, one for each zone, or tag them for discovery.',
      look: {
        aws: 'ec2 describe-subnets',
        options:
          "--filters Name=vpc-id,Values={vpc} --query 'Subnets[].[SubnetId,AvailabilityZone,AvailableIpAddressCount,Tags]'",
      },
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery/',
    'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html',
  ],
  masks: ['lb-az-not-enabled-for-target'],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'events'],
  optional: [...driftOptional, 'workloads', 'targetGroupBindings'],

  run(group, facts) {
    const reconcileError = reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).find(
      ({ category }) => category === 'subnets',
    );
    if (reconcileError === undefined) return [];
    return evidenceForDrift(group, driftOfService(group, facts), (drift) => ({
      saw: [formatReconcileError(reconcileError), ...(drift ? [drift.saw] : [])].join('; '),
      expected: 'one subnet with eight free addresses in each zone, named or tagged for load balancers',
      confidence: 'probable',
    }));
  },
});
