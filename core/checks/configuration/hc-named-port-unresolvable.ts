import { healthCheckAnnotation } from '../../controllers/annotation-prefix.ts';
import {
  deviations,
  expectedHealthCheck,
  formatDeviation,
  unresolvablePort,
  withSettings,
} from '../../controllers/expected-health-check.ts';
import { formatReconcileError, type ReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { podsOf, serviceOf, targetPortIn } from '../../kubernetes/service.ts';
import type { Confidence } from '../../model/check-result.ts';
import { isAllHealthy, type TargetGroupContext } from '../../model/target-group-context.ts';
import { wouldPassWith } from '../../probes/health-check-match.ts';
import { probeOf } from '../../probes/results.ts';

export const hcNamedPortUnresolvable = check({
  id: 'hc-named-port-unresolvable',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'high',
  title: 'The health-check port names a Service port whose target port is a name too',
  symptom:
    'The target group keeps its earlier settings, or is never created, after the health-check port was given by name.',
  why: `The AWS Load Balancer Controller turns the name of a Service port into a number for the target group. Behind ip targets
that is the target port, and if this is a name it may differ from pod to pod: the controller gives up, and no other change of the
Service is applied either.`,
  proof: `The targets are IP addresses, the annotation for the health-check port is the name of a port of the Service, and that
port's targetPort is a name. If targets fail, it is the cause when they would pass the blocked health check; the controller's event FailedBuildModel confirms it.`,
  nearMisses: [
    'With instance targets the same annotation is legal and means the NodePort.',
    'A name that no port of the Service has is `hc-annotation-invalid`.',
    'If the targets fail the requested check too, the blocked change is a risk, not the cause.',
  ],
  decidedBy: 'the event FailedBuildModel of the Service',
  fix: [
    {
      text: 'Use the port number in the annotation.',
      change: { healthCheck: { port: '{number}' } },
    },
    { text: 'Or give the Service port {port} a number as targetPort.' },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#healthcheck-port',
  ],
  masks: ['controller-build-or-deploy-failed'],
  masksEvery: ['healthCheckMismatch'],
  needs: ['services'],
  optional: ['events', 'pods', 'probes', 'workloads'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'ip',

  run(group, { services, events = [], pods = [], probes = [], workloads }) {
    const service = serviceOf(group, services);
    const named = service && unresolvablePort(group, service);
    if (service === undefined || named === undefined) return undefined;
    // Of settings no target becomes missing, new or unused.
    if (group.failing.length === 0 && !isAllHealthy(group.targets)) return [];
    const settings = expectedHealthCheck(group, service, { workloads });
    const wanted = { ...withSettings(group, settings), port: String(named.targetPort) };
    const reconcileError = reconcileErrorsOf(group, events, []).find(({ category }) => category === 'health-check');
    const number = podsOf(service, pods)
      .map((pod) => targetPortIn(pod, named))
      .find((port) => port !== undefined);
    const stuck = deviations(settings, group).filter(({ supported }) => supported);
    const evidence = {
      saw: [
        `${healthCheckAnnotation}port: "${named.name}", and targetPort of that port is "${named.targetPort}"`,
        ...stuck.map(formatDeviation),
        ...(reconcileError ? [formatReconcileError(reconcileError)] : []),
      ].join('; '),
      expected: 'a number, here or as targetPort',
      confidence: confidenceOf(reconcileError, group),
      values: { port: named.name ?? '', ...(number !== undefined && { number }) },
    };
    if (group.failing.length === 0) return [evidence];
    const isProbed = group.failing.some((target) => probeOf(probes, target, 'health-check') !== undefined);
    return group.failing
      .filter((target) =>
        isProbed ? wouldPassWith(wanted, target, group, probes) : stuck.length > 0 || target.healthCheckPort !== number,
      )
      .map((target) => ({ target, ...evidence }));
  },
});

/** What EKS Auto Mode makes of such a name is not documented. */
function confidenceOf(reconcileError: ReconcileError | undefined, { owner }: TargetGroupContext): Confidence {
  if (reconcileError !== undefined) return 'confirmed';
  return owner?.controller === 'eks-auto-mode' ? 'possible' : 'probable';
}
