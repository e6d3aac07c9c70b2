import { check } from '../check.ts';
import { isQuiet } from '../group.ts';
import { probeOf, say } from '../probes.ts';
import { serviceOf } from '../service.ts';

const prefix = 'service.beta.kubernetes.io/';

/**
 * What to write in the place of annotations that EKS Auto Mode passes over (EKS user guide, auto-configure-nlb). For Proxy
 * Protocol the guide names an attribute of load balancers that does not exist; it is one of target groups (ELBv2 API).
 */
const replacements: Record<string, string> = {
  'load-balancer-source-ranges': 'spec.loadBalancerSourceRanges',
  'aws-load-balancer-internal': `${prefix}aws-load-balancer-scheme=internal`,
  'aws-load-balancer-proxy-protocol': `${prefix}aws-load-balancer-target-group-attributes=proxy_protocol_v2.enabled=true`,
  'aws-load-balancer-access-log-enabled': `${prefix}aws-load-balancer-attributes=access_logs.s3.enabled=true`,
  'aws-load-balancer-access-log-s3-bucket-name': `${prefix}aws-load-balancer-attributes=access_logs.s3.bucket=<bucket>`,
  'aws-load-balancer-access-log-s3-bucket-prefix': `${prefix}aws-load-balancer-attributes=access_logs.s3.prefix=<prefix>`,
  'aws-load-balancer-cross-zone-load-balancing-enabled': `${prefix}aws-load-balancer-attributes=load_balancing.cross_zone.enabled=true`,
};

export const automodeUnsupportedAnnotation = check({
  id: 'automode-unsupported-annotation',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'configuration',
  severity: 'medium',
  title: 'EKS Auto Mode does not support an annotation of the Service',
  symptom: 'A load balancer of EKS Auto Mode comes out other than the annotations ask, and no event says why.',
  why: `EKS Auto Mode supports fewer annotations than the AWS Load Balancer Controller and passes over the others without a word. Most of
those change nothing about health. Proxy Protocol does: an application that waits for its header resets every check that comes
without.`,
  proof: `The load balancer is EKS Auto Mode's, the Service has an annotation that its documentation lists as not supported, and, where targets
fail, that annotation asks for Proxy Protocol, the target group has it off, and the target resets or ignores a health check without header.`,
  nearMisses: [
    'Beside targets that fail for other reasons the annotation is no cause.',
    'The documentation lists aws-load-balancer-type both as supported and as not supported, so it is not judged.',
  ],
  decidedBy:
    'the attribute proxy_protocol_v2.enabled of the target group, and one health check with and one without the header',
  fix: [
    {
      text: 'Write {replacement} in the place of {annotation}, beside what that annotation holds already.',
      command: 'kubectl --namespace {namespace} annotate service {service} --overwrite {annotation}- {replacement}',
      verify: 'aws elbv2 describe-target-group-attributes --region {region} --target-group-arn {targetGroup}',
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html'],
  explains: ['ppv2-expected-but-not-sent'],
  needs: ['services'],
  wants: ['probes'],
  applies: ({ owner }) => owner?.controller === 'eks-auto-mode',

  run(group, { services, probes }) {
    const annotations = serviceOf(group, services)?.metadata.annotations ?? {};
    const unsupported = Object.entries(replacements).filter(([name]) => annotations[prefix + name] !== undefined);
    const tell = ([name, replacement]: [string, string]) => ({
      expected: replacement,
      values: { annotation: prefix + name, replacement },
    });
    if (isQuiet(group.targets)) {
      return unsupported.map((entry) => ({
        ...tell(entry),
        saw: `${prefix}${entry[0]}: ${annotations[prefix + entry[0]]}`,
        confidence: 'probable',
      }));
    }
    const proxy = unsupported.find(([name]) => name === 'aws-load-balancer-proxy-protocol');
    if (proxy === undefined || group.targetGroup.attributes['proxy_protocol_v2.enabled'] === 'true') return [];
    return group.unhealthy.flatMap((target) => {
      const asked = probeOf(probes ?? [], target, 'health-check');
      const isReset =
        asked?.outcome.kind === 'reset' || (asked?.outcome.kind === 'timeout' && asked.outcome.phase === 'response');
      if (!isReset) return [];
      return [
        {
          ...tell(proxy),
          target,
          saw: `${prefix}${proxy[0]}: ${annotations[prefix + proxy[0]]}, while Proxy Protocol is off in the target group; without a header: ${say(asked.outcome)}`,
          confidence: 'probable' as const,
        },
      ];
    });
  },
});
