import { failedOwnWebhook, formatReconcileError, reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { driftNeeds, driftOf, driftOptional, evidenceForDrift } from '../../diagnosis/drift.ts';
import { eventsAbout } from '../../kubernetes/pod.ts';
import { endpointsOf, isReady, serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import { workloadsCarrying } from '../../kubernetes/workload.ts';
import type { Evidence } from '../../model/check-result.ts';

export const controllerWebhookUnavailable = check({
  id: 'controller-webhook-unavailable',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'registration',
  severity: 'critical',
  title: 'The webhook of the load balancer controller does not answer the API server',
  symptom: 'The load balancer exists, its target group stays empty, and objects of the controller cannot be created.',
  why: `The API server calls the controller's webhook before it stores a TargetGroupBinding, and in labelled namespaces before it stores a
Pod. When the webhook has no running pod, no valid certificate or no open port 9443, the object is refused: the target group stays
empty, or no new pod is created.`,
  proof: `The last event about the Service reports that a webhook of elbv2.k8s.aws could not be called and the target group lacks what the
Service requests; or the workloads behind the Service report it and no endpoint is ready.`,
  nearMisses: [
    'The same error about another webhook is not this fault.',
    'With the failure policy Ignore pods start without their readiness gates, and no event reports it.',
  ],
  decidedBy: 'one object of the kind applied by hand: whether kubectl shows the same error',
  fix: [
    {
      text: 'Get the controller running again, with a certificate that the webhook configuration trusts.',
      change: { restart: { object: 'deployment/{controllerDeployment}', in: '{controllerNamespace}' } },
    },
    {
      text: 'If the call times out, admit port 9443 from the cluster security group in the security group of the nodes. If the certificate is not trusted, run the Helm upgrade of the controller again; where Argo CD renders the chart, every sync makes another certificate: let cert-manager issue it (enableCertManager), or give one in webhookTLS.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/pod_readiness_gate/',
    'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
  ],
  masks: ['etp-local-no-ready-endpoint-anywhere', 'controller-build-or-deploy-failed'],
  masksEvery: ['driftSymptom', 'healthCheckMismatch'],
  needs: [...driftNeeds, 'events', 'workloads'],
  optional: [...driftOptional, 'targetGroupBindings'],

  run(group, facts) {
    const reconcileError = reconcileErrorsOf(group, facts.events, facts.targetGroupBindings).find(
      ({ category }) => category === 'webhook',
    );
    const expected = 'a webhook that answers the API server';
    if (reconcileError !== undefined) {
      return evidenceForDrift(group, driftOf(group, facts), (drift) => ({
        saw: [formatReconcileError(reconcileError), ...(drift ? [drift.saw] : [])].join('; '),
        expected,
        confidence: drift?.kind === 'missing' ? 'confirmed' : 'probable',
      }));
    }

    const service = serviceOf(group, facts.services);
    if (service === undefined || Object.keys(service.spec.selector).length === 0) return undefined;
    if (endpointsOf(service, servicePortOf(group, service), facts.endpointSlices).some(isReady)) return [];
    const stunted = workloadsCarrying(service, facts.workloads).filter(
      ({ kind, spec, status }) => kind !== 'Deployment' && status.replicas < spec.replicas,
    );
    return stunted.flatMap(({ kind, metadata, spec, status }): Evidence[] => {
      const event = eventsAbout(facts.events, kind, { metadata }).find(
        ({ reason, note }) => reason === 'FailedCreate' && failedOwnWebhook.test(note),
      );
      if (event === undefined) return [];
      const saw = `${kind} ${metadata.name} has ${status.replicas} of ${spec.replicas} pods; ${formatReconcileError({ category: 'webhook', event })}`;
      return [{ saw, expected, confidence: 'confirmed' }];
    });
  },
});
