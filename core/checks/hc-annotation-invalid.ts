import { invalidHealthCheckAnnotations, wantedHealthCheck } from '../annotations.ts';
import type { HealthCheck } from '../aws.ts';
import { check } from '../check.ts';
import { eventsAbout } from '../pod.ts';
import { serviceOf } from '../service.ts';

export const hcAnnotationInvalid = check({
  id: 'hc-annotation-invalid',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'high',
  title: 'A health-check annotation has a value that cannot be applied',
  why: `Kubernetes takes any text in an annotation. The controller, or Elastic Load Balancing after it, refuses the value, and with
it every other change of the Service: the target group keeps its previous settings.`,
  proof: `An annotation on health checks is outside what the controller and the API accept. It is the cause when another annotation
asks for a setting that the target group does not have, since that change is stuck behind the invalid one.`,
  nearMisses: [
    'On a healthy group, or where the live settings are those asked for, the invalid value is a risk, not the cause.',
    'Values that the controller ignores by design are not errors.',
  ],
  decidedBy: 'the event FailedBuildModel, FailedDeployModel or SyncLoadBalancerFailed of the Service',
  fix: [
    {
      text: 'Write a value that is allowed.',
      command: 'kubectl --namespace {namespace} annotate service {service} --overwrite {annotation}={suggestion}',
      verify: 'kubectl --namespace {namespace} describe service {service}',
    },
  ],
  links: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/'],
  explains: [
    'hc-port-wrong',
    'hc-path-wrong-status',
    'hc-success-codes-mismatch',
    'hc-timeout-too-short',
    'hc-thresholds-too-tight',
  ],
  needs: ['services'],
  wants: ['events'],

  run(group, { services, events }) {
    const service = serviceOf(group, services);
    if (service === undefined || group.owner === undefined) return [];
    const invalid = invalidHealthCheckAnnotations(service, group.owner.controller);
    const live = group.targetGroup.healthCheck;
    const stuck = Object.entries(wantedHealthCheck(service, group.owner.controller)).filter(
      ([setting, value]) => live[setting as keyof HealthCheck] !== value && isNumberOrWord(value),
    );
    if (group.unhealthy.length > 0 && stuck.length === 0) return [];
    const event = eventsAbout(events ?? [], 'Service', service).find(({ reason }) =>
      ['FailedBuildModel', 'FailedDeployModel', 'SyncLoadBalancerFailed'].includes(reason),
    );
    const waiting = stuck.map(
      ([setting, value]) => `${setting} stays ${live[setting as keyof HealthCheck]} instead of ${value}`,
    );
    return invalid.map(({ name, value, allowed }) => ({
      saw: [`${name}: "${value}"`, ...waiting, ...(event ? [`event ${event.reason}: ${event.note}`] : [])].join('; '),
      expected: allowed,
      confidence: event === undefined ? ('probable' as const) : ('confirmed' as const),
      values: {
        annotation: name,
        suggestion: name.endsWith('protocol') ? 'tcp' : name.endsWith('port') ? 'traffic-port' : '10',
      },
    }));
  },
});

/** A named port is resolved by the controller, so its text differs from the live number. */
const isNumberOrWord = (value: unknown): boolean =>
  typeof value === 'number' || /^(\d+|traffic-port|\/.*|[A-Z]+|[\d,-]+)$/.test(String(value));
