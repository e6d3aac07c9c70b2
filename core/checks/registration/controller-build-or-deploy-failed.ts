import { deviations, expectedHealthCheck, isDecidedBy } from '../../controllers/expected-health-check.ts';
import { formatReconcileError, type ReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { targetGroupOption } from '../../controllers/target-group-option.ts';
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
      text: 'cloud-provider-aws names target groups by protocol and interval of the health check. This one was changed by hand, so that the name of the wanted one is taken: set it back.',
      change: { aws: 'elbv2 modify-target-group', options: { 'target-group-arn': '{targetGroup}', '…': '{settings}' } },
      when: 'settings',
    },
    {
      text: 'Another target group has the name that the controller wants. Delete it if nothing uses it.',
      look: { aws: 'elbv2 describe-target-groups', options: '--names {takenName}' },
      when: 'takenName',
    },
    {
      text: 'Elastic Load Balancing refuses all targets because of some: those have to run, to be in the VPC of the target group, and to be of a supported instance type.',
      look: {
        aws: 'ec2 describe-instances',
        options:
          '--instance-ids {refused} --query "Reservations[].Instances[].[InstanceId,State.Name,VpcId,InstanceType]" --output table',
      },
      when: 'refused',
    },
    {
      text: 'Fix what the message names, then watch for the next event of the Service.',
      look: { kubectl: 'describe service {service}', in: '{namespace}' },
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
      (each) =>
        ['other', 'name-taken', 'refused-target'].includes(each.category) ||
        isAboutOwnGroups(each) ||
        (each.category === 'health-check' && !isOfService(group, facts.services)),
    );
    const blocked =
      reconcileError === undefined ? formatUnreadable(group, facts) : formatReconcileError(reconcileError);
    if (blocked === undefined) return [];
    const values = reconcileError && valuesOf(reconcileError, group, facts);
    const held = reconcileError?.event.regarding.kind === 'TargetGroupBinding' ? driftOf : driftOfService;
    return evidenceForDrift(group, held(group, facts), (drift) => ({
      saw: [blocked, ...(drift ? [drift.saw] : [])].join('; '),
      expected: 'an event that reports success after the last change',
      confidence: 'probable',
      ...(values && { values }),
    }));
  },
});

/** A rule too many for the security groups of the load balancer itself: `sg-rules-quota-exceeded` looks at those of the targets. */
const isAboutOwnGroups = ({ category, event }: ReconcileError): boolean =>
  category === 'quota' && event.reason === 'FailedDeployModel' && event.note.includes('RulesPerSecurityGroup');

/** What the fix of a taken name or of refused targets needs; the settings are those by which cloud-provider-aws makes the name. */
function valuesOf(
  { category, event: { note } }: ReconcileError,
  group: TargetGroupContext,
  { services, workloads }: { services: Service[]; workloads: Workload[] | undefined },
): Record<string, string | string[]> {
  if (category === 'refused-target') {
    const refused = note.match(/\bi-[0-9a-f]{8,17}\b/g) ?? [];
    return refused.length === 0 ? {} : { refused };
  }
  if (category !== 'name-taken') return {};
  const service = serviceOf(group, services);
  const drifted =
    service === undefined || group.owner?.controller !== 'cloud-provider-aws'
      ? []
      : deviations(expectedHealthCheck(group, service, { workloads }), group).filter(
          ({ name }) => name === 'protocol' || name === 'intervalSeconds',
        );
  if (drifted.length > 0)
    return { settings: drifted.flatMap(({ name, expected }) => Object.values(targetGroupOption(name, expected))) };
  const [, takenName] = /same name '([A-Za-z0-9-]+)'/.exec(note) ?? [];
  return takenName === undefined ? {} : { takenName };
}

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
