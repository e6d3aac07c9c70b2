import { ignoredSettingsOf } from '../../controllers/defaults.ts';
import {
  annotationOf,
  deviations,
  type ExpectedSetting,
  expectedHealthCheck,
  formatDeviation,
  withSettings,
} from '../../controllers/expected-health-check.ts';
import { targetGroupOption } from '../../controllers/target-group-option.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { HealthCheck } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Service } from '../../model/kubernetes.ts';
import type { Controller } from '../../model/owner.ts';
import { isAllHealthy, type TargetGroupContext } from '../../model/target-group-context.ts';
import { wouldPassWith } from '../../probes/health-check-match.ts';
import { answersWell, probeOf } from '../../probes/results.ts';

const proxyAnnotation = 'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol';
const attributesAnnotation = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';
const headerAttribute = 'proxy_protocol_v2.enabled';

export const hcSettingNotHonouredByController = check({
  id: 'hc-setting-not-honoured-by-controller',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'high',
  title: 'The controller of this Service ignores one of its health-check annotations',
  symptom: 'The target group differs from the annotations, and no event reports it.',
  why: `No controller supports all annotations, and none reports those that it does not support. cloud-provider-aws never sets the
time-out and has no success codes, nor Proxy Protocol for Network Load Balancers; the AWS Load Balancer Controller before
2.4.6 left out the first two, and annotations for Ingresses have no effect on a Service.`,
  proof: `The controller is known, the Service has an annotation that it does not support, and the target group has another value. If a
target fails, it is the cause when the target would pass with the requested value.`,
  nearMisses: [
    'The controller supports the setting, but the live value differs because it was changed in AWS: `hc-live-config-drift`.',
    'If the target fails with the requested value too, the ignored annotation is a risk, not the cause.',
  ],
  decidedBy: 'the documentation of this controller’s version, and the target group after the value was set by hand',
  fix: [
    {
      text: 'Replace the annotation for Ingresses with the one for Services, which this controller reads.',
      change: { annotate: { '{annotation}': '{value}' } },
      when: 'annotation',
      disturbs: { nothing: 'only the health check of this target group changes, connections stay.' },
    },
    {
      text: 'Set the value on the target group itself: this controller does not change it.',
      when: 'option',
      change: {
        aws: 'elbv2 modify-target-group',
        options: { 'target-group-arn': '{targetGroup}', '…': '{option} {value}' },
      },
      danger: 'A new target group, for example after a change of protocol or interval, starts without it.',
    },
    {
      text: 'Set the attribute on the target group itself: this controller does not change it.',
      when: 'attribute',
      change: {
        aws: 'elbv2 modify-target-group-attributes',
        options: { 'target-group-arn': '{targetGroup}', attributes: 'Key={attribute},Value=true' },
      },
      danger: 'A new target group, for example after a change of protocol or interval, starts without it.',
      disturbs:
        'Every new connection to this target group begins with the header: servers that do not expect it refuse clients.',
    },
    {
      when: 'live',
      text: 'Permanent fix: create a new Service with loadBalancerClass service.k8s.aws/nlb, whose controller supports the annotation, and move clients to it.',
      danger: 'The class cannot be changed in place, and a new Service gets a new load balancer with another name.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
    'https://cloud-provider-aws.sigs.k8s.io/service_controller/',
  ],
  masks: [],
  masksEvery: ['healthCheckMismatch'],
  needs: ['services', 'probes'],
  optional: ['workloads'],

  run(group, { services, probes, workloads }) {
    const service = serviceOf(group, services);
    if (service === undefined || group.owner === undefined) return undefined;
    const { controller } = group.owner;
    const ignored = deviations(
      expectedHealthCheck(group, service, { workloads }).filter(
        ({ supported, annotation }) => !supported && annotation !== undefined,
      ),
      group,
    );
    const evidence = {
      expected: 'annotations that the controller supports',
      // What Auto Mode does with most annotations is not documented.
      confidence: controller === 'eks-auto-mode' ? ('possible' as const) : ('confirmed' as const),
    };
    const saw = `${formatName(controller)} ignores ${ignored.map(({ annotation }) => annotation).join(', ')}: ${ignored.map(formatDeviation).join(', ')}`;
    const ignoredSettings = ignoredSettingsOf(group, workloads);
    const telling = ({ name, expected, annotation }: ExpectedSetting) => ({
      ...evidence,
      saw,
      values:
        annotation === annotationOf(name) || ignoredSettings.has(name)
          ? { live: 'yes', ...targetGroupOption(name, expected) }
          : { annotation: annotationOf(name), value: expected },
    });
    const asksForHeader = ignoresProxyProtocol(group, service);
    const header = {
      ...evidence,
      saw: `${formatName(controller)} ignores ${proxyAnnotation}: ${headerAttribute} stays false`,
      values: { live: 'yes', attribute: headerAttribute },
    };
    // On healthy targets a missing header is a matter of clients: `proxy-protocol-one-sided`.
    if (isAllHealthy(group.targets)) return ignored.slice(0, 1).map(telling);
    if (ignored.length === 0 && !asksForHeader) return [];
    const wanted: HealthCheck = withSettings(group, ignored);
    return group.failing.flatMap((target): Evidence[] => {
      if (wouldPassWith(wanted, target, group, probes)) {
        const mending = ignored.filter((each) => wouldPassWith(withSettings(group, [each]), target, group, probes));
        return [...mending, ...ignored].slice(0, 1).map((each) => ({ target, ...telling(each) }));
      }
      const fronted = probeOf(probes, target, 'with-proxy-header');
      if (!asksForHeader || fronted === undefined || !answersWell(fronted, group.targetGroup)) return [];
      return [{ target, ...header }];
    });
  },
});

/**
 * cloud-provider-aws reads the annotation for Classic Load Balancers only; the attribute of a target group is set by
 * `…-target-group-attributes` (CPA:pkg/providers/v1/aws.go).
 */
const ignoresProxyProtocol = ({ owner, targetGroup }: TargetGroupContext, { metadata }: Service): boolean =>
  owner?.controller === 'cloud-provider-aws' &&
  metadata.annotations[proxyAnnotation] !== undefined &&
  targetGroup.attributes[headerAttribute] !== 'true' &&
  !(metadata.annotations[attributesAnnotation] ?? '')
    .replaceAll(' ', '')
    .split(',')
    .includes(`${headerAttribute}=true`);

const formatName = (controller: Controller): string =>
  ({
    'aws-load-balancer-controller': 'the AWS Load Balancer Controller',
    'aws-load-balancer-controller-gateway': 'the AWS Load Balancer Controller',
    'cloud-provider-aws': 'cloud-provider-aws',
    'eks-auto-mode': 'EKS Auto Mode',
    none: 'nobody',
  })[controller];
