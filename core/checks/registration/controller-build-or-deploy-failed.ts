import { isDecidedBy } from '../../controllers/expected-health-check.ts';
import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { unreadableAnnotation } from '../../controllers/unreadable-annotation.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOfService, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { Service, Workload } from '../../model/kubernetes.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

export const controllerBuildOrDeployFailed = check({
  id: 'controller-build-or-deploy-failed',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'registration',
  severity: 'high',
  title: 'The controller fails to apply the Service to AWS',
  symptom: 'The Service was changed and the target group was not; targets fail with old settings, or never appear.',
  why: `The controller computes what the Service requests and writes it, or stops at the first error. Whatever the error is, no later
change of the Service is applied until it is fixed, and the target group keeps its earlier settings and targets.`,
  proof: `The last event of the controller about the Service or its binding is an error without a check for its kind, or the controller
cannot read an annotation; and the target group lacks something that the Service requests, which is why targets fail or are
missing.`,
  nearMisses: [
    'An error that was followed by a success is over.',
    'If the target group is as the Service requests, targets fail for another cause.',
    'Refused permissions, throttling, webhooks, subnets, security group tags and quotas have separate checks.',
  ],
  decidedBy: 'the log of the controller at the time of the event',
  fix: [
    {
      text: 'Fix what the message names, then watch for the next event of the Service.',
      command: 'kubectl --namespace {namespace} describe service {service}',
      verify: 'kubectl --namespace {namespace} get events --field-selector involvedObject.name={service}',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
    'https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html',
  ],
  masks: [],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'events'],
  optional: [...driftOptional, 'workloads', 'targetGroupBindings'],

  run(group, facts) {
    const reconcileError = reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).find(
      ({ category }) => category === 'other' || (category === 'health-check' && !isOfService(group, facts.services)),
    );
    const blocked =
      reconcileError === undefined ? formatUnreadable(group, facts) : formatReconcileError(reconcileError);
    if (blocked === undefined) return [];
    const held = reconcileError?.event.regarding.kind === 'TargetGroupBinding' ? driftOf : driftOfService;
    return evidenceForDrift(group, held(group, facts), (drift) => ({
      saw: [blocked, ...(drift ? [drift.saw] : [])].join('; '),
      expected: 'an event that reports success after the last change',
      confidence: 'probable',
    }));
  },
});

/** True where annotations of the Service make the health check: `hc-annotation-invalid` takes what is refused there. */
const isOfService = (group: TargetGroupContext, services: Service[]): boolean =>
  isDecidedBy(serviceOf(group, services), group);

/** Events are gone after an hour; an annotation that no controller can read is there all the same. */
function formatUnreadable(
  group: TargetGroupContext,
  { services, workloads }: { services: Service[]; workloads: Workload[] | undefined },
): string | undefined {
  const service = serviceOf(group, services);
  const found = service && group.owner && unreadableAnnotation(service, group.owner.controller, workloads);
  return found && `annotation ${found.name}: "${found.value}" is not ${found.allowed}`;
}
