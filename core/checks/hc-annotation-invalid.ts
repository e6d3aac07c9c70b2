import { invalidHealthCheckAnnotations } from '../annotations.ts';
import { check } from '../check.ts';
import { deviations, expectedHealthCheck, sayDeviation, withSettings } from '../expected-health-check.ts';
import { isQuiet } from '../group.ts';
import { lackingRule, lagWants } from '../lag.ts';
import { wouldMend } from '../mending.ts';
import { eventsAbout } from '../pod.ts';
import { probeOf } from '../probes.ts';
import { serviceOf } from '../service.ts';
import { signsOfWrongSettings } from '../wrong-settings.ts';

export const hcAnnotationInvalid = check({
  id: 'hc-annotation-invalid',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'high',
  title: 'A health-check annotation has a value that cannot be applied',
  symptom: 'A corrected health check does not arrive at the target group, or a new Service gets no load balancer.',
  why: `Kubernetes takes any text in an annotation. The controller, or Elastic Load Balancing after it, refuses the value, and with
it every other change of the Service: the target group keeps its previous settings.`,
  proof: `An annotation on health checks is outside what the controller and the API accept. It is the cause when another annotation
asks for a setting that the target group does not have, since that change is stuck behind the invalid one; with cloud-provider-aws also
when no rule admits the health check, since it writes rules last.`,
  nearMisses: [
    'On a healthy group, or where the live settings are those asked for, the invalid value is a risk, not the cause.',
    'Where the target fails the settings asked for just as well, the stuck change is not what keeps it unhealthy.',
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
    ...signsOfWrongSettings,
    'hc-tcp-override-under-local',
    'policy-switch-stale-hc',
    'controller-build-or-deploy-failed',
  ],
  needs: ['services'],
  wants: ['events', 'workloads', 'targetGroupBindings', ...lagWants],

  run(group, facts) {
    const { services, events, workloads, probes = [] } = facts;
    const service = serviceOf(group, services);
    if (service === undefined || group.owner === undefined) return [];
    const invalid = invalidHealthCheckAnnotations(service, group.owner.controller);
    const asked = expectedHealthCheck(group, service, workloads).filter(
      ({ annotation, honoured }) => annotation !== undefined && honoured,
    );
    const probed = group.unhealthy.filter((target) => probeOf(probes, target, 'health-check') !== undefined);
    const wanted = withSettings(group, asked);
    const isInTheWay = probed.length === 0 || probed.some((target) => wouldMend(wanted, target, group, probes));
    // cloud-provider-aws writes rules after it has made sense of the Service, the other controllers for the binding.
    const isRuleMaker = group.owner.controller === 'cloud-provider-aws';
    const stuck = [
      ...(isInTheWay ? deviations(asked, group).map(sayDeviation) : []),
      ...(isRuleMaker ? group.unhealthy.flatMap((target) => lackingRule(target, group, facts)?.saw ?? []) : []),
    ];
    // Of settings no target becomes missing, new or unused.
    if (group.unhealthy.length === 0 ? !isQuiet(group.targets) : stuck.length === 0) return [];
    const event = eventsAbout(events ?? [], 'Service', service).find(({ reason }) =>
      ['FailedBuildModel', 'FailedDeployModel', 'SyncLoadBalancerFailed'].includes(reason),
    );
    return invalid.map(({ name, value, allowed }) => ({
      saw: [`${name}: "${value}"`, ...new Set(stuck), ...(event ? [`event ${event.reason}: ${event.note}`] : [])].join(
        '; ',
      ),
      expected: allowed,
      confidence: event === undefined ? ('probable' as const) : ('confirmed' as const),
      values: {
        annotation: name,
        suggestion: name.endsWith('protocol') ? 'tcp' : name.endsWith('port') ? 'traffic-port' : '10',
      },
    }));
  },
});
