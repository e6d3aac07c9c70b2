import { invalidHealthCheckAnnotations } from '../../controllers/annotations.ts';
import {
  deviations,
  expectedHealthCheck,
  formatDeviation,
  isDecidedBy,
  unresolvablePort,
  withSettings,
} from '../../controllers/expected-health-check.ts';
import { formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { driftOptional, lackingRule } from '../../diagnosis/drift.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { Confidence } from '../../model/check-result.ts';
import { isAllHealthy, type TargetGroupContext } from '../../model/target-group-context.ts';
import { wouldPassWith } from '../../probes/health-check-match.ts';
import { probeOf } from '../../probes/results.ts';

export const hcAnnotationInvalid = check({
  id: 'hc-annotation-invalid',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'high',
  title: 'A health-check annotation has a value that cannot be applied',
  symptom: 'A corrected health check is not applied to the target group, or a new Service gets no load balancer.',
  why: `Kubernetes accepts any text in an annotation. The controller, or Elastic Load Balancing after it, rejects the value, and with
it every other change of the Service: the target group keeps its previous settings.`,
  proof: `The controller or the API does not accept the value of a health-check annotation, or the last event of the controller reports
this. It is the cause when the Service requests a setting that the target group does not have, since that change waits for the
invalid one; with cloud-provider-aws also when no rule admits the health check, since it writes rules last.`,
  nearMisses: [
    'On a healthy target group, or if the live settings are the requested ones, the invalid value is a risk, not the cause.',
    'If the target fails with the requested settings too, the blocked change is not what keeps it unhealthy.',
    'Values that the controller ignores by design are not errors.',
    'An error that was followed by a success is over.',
  ],
  decidedBy: 'the event FailedBuildModel, FailedDeployModel or SyncLoadBalancerFailed of the Service',
  fix: [
    {
      text: 'Set a value that is allowed.',
      change: { annotate: { '{annotation}': '{suggested}' } },
      danger:
        'cloud-provider-aws makes a new target group for another protocol or interval: all targets register again.',
      disturbs: 'Every other blocked change of this Service is applied with it.',
    },
  ],
  links: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/'],
  masks: ['hc-tcp-override-under-local', 'policy-switch-stale-hc', 'controller-build-or-deploy-failed'],
  masksEvery: ['healthCheckMismatch'],
  needs: ['services'],
  optional: ['events', 'workloads', 'targetGroupBindings', ...driftOptional],

  run(group, facts) {
    const { services, events = [], workloads, probes = [] } = facts;
    const service = serviceOf(group, services);
    if (service === undefined || !isDecidedBy(service, group) || unresolvablePort(group, service)) return undefined;
    const invalid = invalidHealthCheckAnnotations(service, group);
    const reconcileError = reconcileErrorsOf(group, events, []).find(
      ({ category }) => category === 'health-check' || (category === 'other' && invalid.length > 0),
    );
    if (invalid.length === 0 && reconcileError === undefined) return [];
    const probed = group.failing.filter((target) => probeOf(probes, target, 'health-check') !== undefined);
    // Only a probe tells whether a default that the target group lacks is what keeps its targets unhealthy.
    const settings = expectedHealthCheck(group, service, { workloads }).filter(
      ({ annotation, supported }) => supported && (annotation !== undefined || probed.length > 0),
    );
    const wanted = withSettings(group, settings);
    const isDecisive = probed.length === 0 || probed.some((target) => wouldPassWith(wanted, target, group, probes));
    // cloud-provider-aws writes rules after it has made sense of the Service, the other controllers for the binding.
    const isRuleMaker = group.owner?.controller === 'cloud-provider-aws';
    const stuck = [
      ...(isDecisive ? deviations(settings, group).map(formatDeviation) : []),
      ...(isRuleMaker ? group.failing.flatMap((target) => lackingRule(target, group, facts)?.saw ?? []) : []),
    ];
    // Of settings no target becomes missing, new or unused.
    if (group.failing.length === 0 ? !isAllHealthy(group.targets) : stuck.length === 0) return [];
    const rest = [...new Set(stuck), ...(reconcileError ? [formatReconcileError(reconcileError)] : [])];
    if (invalid.length === 0) {
      return [{ saw: rest.join('; '), expected: 'settings that are accepted', confidence: 'confirmed' as const }];
    }
    return invalid.map(({ name, value, allowed, suggestion }) => ({
      saw: [`${name}: "${value}"`, ...rest].join('; '),
      expected: allowed,
      confidence: reconcileError === undefined ? certainty(name, group) : ('confirmed' as const),
      values: suggestion,
    }));
  },
});

/** Which annotations EKS Auto Mode reads is documented for three of them (EKS user guide, automode/auto-configure-nlb). */
const certainty = (name: string, { owner }: TargetGroupContext): Confidence =>
  owner?.controller === 'eks-auto-mode' && !/-(protocol|port|path)$/.test(name) ? 'possible' : 'probable';
