import { check } from '../../diagnosis/check.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { Service } from '../../model/kubernetes.ts';
import { isAllHealthy } from '../../model/target-group-context.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';

const prefix = 'service.beta.kubernetes.io/';

const scheme = 'aws-load-balancer-scheme';
const attributes = 'aws-load-balancer-attributes';
const targetGroupAttributes = 'aws-load-balancer-target-group-attributes';

/**
 * What says the same as annotations that EKS Auto Mode passes over, as an annotation and its value or one attribute in it;
 * `undefined` where the spec says it (EKS user guide, auto-configure-nlb). For Proxy Protocol the guide names an attribute
 * of load balancers that does not exist; it is one of target groups (ELBv2 API).
 */
const replacements: Record<string, (value: string) => [annotation: string, value: string] | undefined> = {
  'load-balancer-source-ranges': () => undefined,
  'aws-load-balancer-internal': (value) => [scheme, value === 'false' ? 'internet-facing' : 'internal'],
  'aws-load-balancer-proxy-protocol': () => [targetGroupAttributes, 'proxy_protocol_v2.enabled=true'],
  'aws-load-balancer-access-log-enabled': (value) => [attributes, `access_logs.s3.enabled=${value}`],
  'aws-load-balancer-access-log-s3-bucket-name': (value) => [attributes, `access_logs.s3.bucket=${value}`],
  'aws-load-balancer-access-log-s3-bucket-prefix': (value) => [attributes, `access_logs.s3.prefix=${value}`],
  'aws-load-balancer-cross-zone-load-balancing-enabled': (value) => [
    attributes,
    `load_balancing.cross_zone.enabled=${value}`,
  ],
};

export const automodeUnsupportedAnnotation = check({
  id: 'automode-unsupported-annotation',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'medium',
  title: 'EKS Auto Mode does not support an annotation of the Service',
  symptom: 'A load balancer of EKS Auto Mode differs from what the annotations request, and no event reports why.',
  why: `EKS Auto Mode supports fewer annotations than the AWS Load Balancer Controller and ignores the others silently. Most of those have
no effect on health. Proxy Protocol has one: an application that waits for its header resets every check that comes without it.`,
  proof: `The load balancer is EKS Auto Mode's, the Service has an annotation that its documentation lists as not supported, and, where targets
fail, that annotation enables Proxy Protocol, the target group has it off, and the target resets or ignores a health check without header.`,
  nearMisses: [
    'If the targets fail for another reason, the annotation is not the cause.',
    'The documentation lists aws-load-balancer-type both as supported and as not supported, so it is not judged.',
  ],
  decidedBy:
    'the attribute proxy_protocol_v2.enabled of the target group, and one health check with and one without the header',
  fix: [
    {
      text: 'Replace the annotation {annotation} with {replacement}.',
      change: { patch: '{patch}', type: 'merge' },
      disturbs: { nothing: 'the controller reads the Service again, others stay as they are.' },
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html'],
  masks: ['ppv2-expected-but-not-sent'],
  needs: ['services'],
  optional: ['probes'],
  applies: ({ owner }) => owner?.controller === 'eks-auto-mode',

  run(group, { services, probes }) {
    const service = serviceOf(group, services);
    const unsupported =
      service === undefined ? [] : Object.keys(replacements).flatMap((name) => unheard(service, name));
    const tell = ({ annotation, instead, patch }: Unheard) => ({
      expected: instead,
      values: { annotation, replacement: instead, patch },
    });
    if (isAllHealthy(group.targets)) {
      return unsupported.map((each) => ({
        ...tell(each),
        saw: `${each.annotation}: ${each.value}`,
        confidence: 'probable',
      }));
    }
    const proxy = unsupported.find(({ annotation }) => annotation === `${prefix}aws-load-balancer-proxy-protocol`);
    if (proxy === undefined || group.targetGroup.attributes['proxy_protocol_v2.enabled'] === 'true') return [];
    return group.failing.flatMap((target) => {
      const probe = probeOf(probes ?? [], target, 'health-check');
      const isReset =
        probe?.outcome.kind === 'reset' || (probe?.outcome.kind === 'timeout' && probe.outcome.phase === 'response');
      if (!isReset) return [];
      return [
        {
          ...tell(proxy),
          target,
          saw: `${proxy.annotation}: ${proxy.value}, while Proxy Protocol is off in the target group; without a header: ${formatOutcome(probe.outcome)}`,
          confidence: 'probable' as const,
        },
      ];
    });
  },
});

/** An annotation that is passed over, and what to write instead. */
interface Unheard {
  annotation: string;
  value: string;
  instead: string;
  /** A merge patch in JSON that puts one in the place of the other. */
  patch: string;
}

/** Empty where the Service has no such annotation, or says the same in a way that is heard. */
function unheard({ metadata, spec }: Service, name: string): Unheard[] {
  const { annotations } = metadata;
  const annotation = prefix + name;
  const value = annotations[annotation];
  if (value === undefined) return [];
  const replacement = replacements[name]?.(value);
  if (replacement === undefined) {
    if (spec.loadBalancerSourceRanges.length > 0) return [];
    const loadBalancerSourceRanges = value.split(',').map((range) => range.trim());
    const patch = { metadata: { annotations: { [annotation]: null } }, spec: { loadBalancerSourceRanges } };
    return [{ annotation, value, instead: 'spec.loadBalancerSourceRanges', patch: JSON.stringify(patch) }];
  }
  const [key, wanted] = [prefix + replacement[0], replacement[1]];
  const held = annotations[key];
  const isList = replacement[0] !== scheme;
  if (held !== undefined && (!isList || held.includes(`${wanted.split('=')[0]}=`))) return [];
  const written = held === undefined ? wanted : `${held},${wanted}`;
  const patch = { metadata: { annotations: { [annotation]: null, [key]: written } } };
  return [{ annotation, value, instead: `${key}=${wanted}`, patch: JSON.stringify(patch) }];
}
