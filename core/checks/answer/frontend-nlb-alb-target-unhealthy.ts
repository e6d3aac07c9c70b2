import { check } from '../../diagnosis/check.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import { admitClients } from '../../network/admit-clients.ts';
import { missingRulesOf } from '../../network/missing-rule.ts';
import { answersWell, formatOutcome, formatRequest, probeOf } from '../../probes/results.ts';

export const frontendNlbAlbTargetUnhealthy = check({
  id: 'frontend-nlb-alb-target-unhealthy',
  kind: 'fault',
  stage: 'answer',
  severity: 'critical',
  title: 'The Application Load Balancer behind this one does not answer the health check as expected',
  symptom: 'The one target, an Application Load Balancer, is unhealthy.',
  why: `A target of type alb is checked with a request to a listener of that Application Load Balancer, which applies its rules as for any
client. Its default action, a missing listener on the port, or its security groups decide the result, not the pods directly.`,
  proof: `The target group holds an Application Load Balancer that fails its check. It is confirmed when the same request is answered outside
the success codes, or when its security groups do not admit the addresses of the Network Load Balancer.`,
  nearMisses: [
    'An answer of the default action, for example 404, shows nothing about the pods behind other rules.',
    'The success code of such a target group is 200 by default, so a redirect fails.',
  ],
  decidedBy: 'the request of the health check sent to the Application Load Balancer from inside the VPC',
  fix: [
    {
      text: 'Send the health check to a path that a rule of the Ingress serves: its annotation alb.ingress.kubernetes.io/frontend-nlb-healthcheck-path.',
    },
    {
      text: 'Or accept {status}, with which the Application Load Balancer answers for itself: the check then shows that it works, and nothing of the pods.',
      when: 'status',
      change: {
        annotate: { 'alb.ingress.kubernetes.io/frontend-nlb-healthcheck-success-codes': '{codes}' },
        on: { object: 'ingress {service}', in: '{namespace}' },
      },
      disturbs: { nothing: 'only the health check of this target group changes, connections stay.' },
    },
    {
      text: 'List the ports on which the Application Load Balancer listens; one of them must be the port of the target group.',
      look: { aws: 'elbv2 describe-listeners', options: '--load-balancer-arn {alb}' },
    },
    {
      when: 'permission',
      text: 'If its security groups do not admit the Network Load Balancer, admit the health check.',
      change: {
        aws: 'ec2 authorize-security-group-ingress',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
    admitClients,
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#enable-frontend-nlb',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html',
  ],
  masks: [
    'app-error-status',
    'hc-path-wrong-status',
    'hc-success-codes-mismatch',
    'hc-endpoint-requires-auth-or-client-cert',
    'hc-host-header-rejected',
    'hc-protocol-tls-mismatch',
    'sg-target-missing-health-check-rule',
    'ip-target-unroutable-or-outside-vpc',
    'stale-targets-not-deregistered',
    'app-saturated',
  ],
  needs: ['targetHealth'],
  optional: ['probes', 'networkInterfaces', 'securityGroups', 'subnets', 'prefixLists'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'alb',

  run(group, { probes, networkInterfaces, securityGroups, subnets, prefixLists }) {
    const { successCodes } = group.targetGroup.healthCheck;
    const shut =
      networkInterfaces && securityGroups && subnets
        ? missingRulesOf(group, { networkInterfaces, securityGroups, subnets, prefixLists }).find(
            ({ confidence }) => confidence === 'confirmed',
          )
        : undefined;
    return group.failing.flatMap((target) => {
      const probe = probeOf(probes ?? [], target, 'health-check');
      if (probe !== undefined && answersWell(probe, group.targetGroup) && shut === undefined) return [];
      const isAnswered = probe?.outcome.kind === 'http';
      const reported = [
        ...(shut === undefined ? [] : [shut.saw]),
        ...(probe === undefined ? [] : [`${formatRequest(probe)}: ${formatOutcome(probe.outcome)}`]),
      ];
      return [
        {
          target,
          saw: reported.join('; ') || (target.description ?? target.state),
          expected: `an answer among ${successCodes ?? '200'} on port ${target.healthCheckPort}`,
          confidence:
            isAnswered || shut !== undefined
              ? ('confirmed' as const)
              : probe === undefined
                ? ('possible' as const)
                : ('probable' as const),
          values: { alb: target.id, ...statusIn(probe, successCodes), ...shut?.values },
        },
      ];
    });
  },
});

/** A status of an Application Load Balancer that a health check may accept: from 200 to 499 (ELBv2 API, Matcher). */
function statusIn(probe: ProbeResult | undefined, codes = '200'): Record<string, string | number> {
  const status = probe?.outcome.kind === 'http' ? probe.outcome.status : undefined;
  return status !== undefined && status >= 400 && status < 500 ? { status, codes: `${codes},${status}` } : {};
}
