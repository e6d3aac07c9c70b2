import { invalidHealthCheckAnnotations } from '../../controllers/annotations.ts';
import {
  deviations,
  expectedHealthCheck,
  unresolvablePort,
  withSettings,
} from '../../controllers/expected-health-check.ts';
import { reconcileErrorsOf } from '../../controllers/reconcile-errors.ts';
import { stalePolicy } from '../../controllers/stale-policy.ts';
import { gatewayOfTags, routeOfTags } from '../../controllers/tags.ts';
import { targetGroupOption } from '../../controllers/target-group-option.ts';
import { unreadableAnnotation } from '../../controllers/unreadable-annotation.ts';
import { check } from '../../diagnosis/check.ts';
import { formatCall, writeOf } from '../../history/changes/culprits.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { wouldPassWith } from '../../probes/health-check-match.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';

export const hcLiveConfigDrift = check({
  id: 'hc-live-config-drift',
  kind: 'fault',
  stage: 'configuration',
  severity: 'critical',
  needsChange: false,
  driftSymptom: true,
  title: 'The live health check is not the one that the Service requests',
  symptom: 'Targets turned unhealthy at a moment at which nothing changed in Kubernetes.',
  why: `Someone changed the target group directly in AWS. Controllers compare only when the Service changes and at a sync that may come
hours later (10 hours for the AWS Load Balancer Controller), so the change stays, and nothing in Kubernetes shows it.`,
  proof: `A setting of the target group differs from what the annotations of the Service, or behind a Gateway its TargetGroupConfiguration, and
the defaults of the controller result in, the
controller supports that setting and reports no failure, and the target fails the live health check while it passes the one that
the Service requests.`,
  nearMisses: [
    'The controller ignores the annotation: `hc-setting-not-honoured-by-controller`.',
    'An invalid annotation or a failed reconciliation keeps the controller from applying the setting.',
    'If the target fails both health checks, the difference is not what keeps it unhealthy.',
  ],
  decidedBy: 'the ModifyTargetGroup calls in CloudTrail, and whether another identity than the controller’s made them',
  fix: [
    {
      text: 'Make the controller compare again: any change of the Service triggers it.',
      change: { wake: 'service' },
      when: 'compare',
    },
    {
      text: 'Make the controller compare again: any change of the Gateway triggers it.',
      change: { wake: 'gateway' },
      when: 'gateway',
    },
    {
      text: 'Or set it back by hand.',
      change: { aws: 'elbv2 modify-target-group', options: { 'target-group-arn': '{targetGroup}', '…': '{settings}' } },
      when: 'byHand',
    },
    {
      text: 'Set it back by hand before you change the Service: cloud-provider-aws names target groups by protocol and interval, and would fail with DuplicateTargetGroupName at every change.',
      change: { aws: 'elbv2 modify-target-group', options: { 'target-group-arn': '{targetGroup}', '…': '{settings}' } },
      when: 'byHandFirst',
    },
    {
      text: 'If the change was intended, write it into the annotations of the Service, or for a Gateway into its TargetGroupConfiguration; otherwise the controller undoes it at its next sync.',
    },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyTargetGroup.html',
  ],
  masks: ['sg-target-missing-health-check-rule'],
  masksEvery: ['healthCheckMismatch'],
  needs: ['services', 'probes'],
  optional: ['events', 'targetGroupBindings', 'workloads', 'gatewayConfigurations', 'metrics', 'changes'],

  undecided(group, { gatewayConfigurations }) {
    if (gatewayConfigurations !== undefined || !isOfGateway(group)) return [];
    return [
      {
        slice: 'gatewayConfigurations',
        scope: { kind: 'target-group', arn: group.targetGroup.arn },
        reason: 'not-requested',
        action: 'list targetgroupconfigurations.gateway.k8s.aws',
        message: 'the TargetGroupConfiguration that settles the health check could not be read',
        remedy:
          'Let the auditor list the kinds of gateway.k8s.aws and gateway.networking.k8s.io: docs/rbac.yaml has the rows.',
      },
    ];
  },

  run(group, { services, probes, events, targetGroupBindings, workloads, gatewayConfigurations, ...past }) {
    const service = serviceOf(group, services);
    if (service === undefined || group.owner === undefined) return undefined;
    const settings = expectedHealthCheck(group, service, { workloads, gatewayConfigurations }).filter(
      ({ supported }) => supported,
    );
    const drifted = deviations(settings, group);
    if (drifted.length === 0) return [];
    const stuck =
      invalidHealthCheckAnnotations(service, group).length > 0 ||
      unresolvablePort(group, service) !== undefined ||
      unreadableAnnotation(service, group.owner.controller, workloads) !== undefined ||
      stalePolicy(group, service) !== undefined ||
      reconcileErrorsOf(group, events ?? [], targetGroupBindings).length > 0;
    if (stuck) return [];
    const expected = withSettings(group, drifted);
    const says = (part: 'live' | 'expected') =>
      drifted.map((each) => `${each.name} ${each[part] ?? 'unset'}`).join(', ');
    // CPA:pkg/providers/v1/aws_loadbalancer.go: the name is made of both, so that it would create a group that exists.
    const isNamedBySetting =
      group.owner.controller === 'cloud-provider-aws' &&
      drifted.some(({ name }) => name === 'protocol' || name === 'intervalSeconds');
    // Another port takes the rule for the right one out of use; other settings have nothing to do with rules.
    const leaves = drifted.some(({ name }) => name === 'port') ? [] : ['sg-target-missing-health-check-rule'];
    const known = group.owner.controller !== 'eks-auto-mode' && events !== undefined;
    const write = writeOf(group, drifted, past);
    const asker = isOfGateway(group) ? (drifted[0]?.by ?? 'the default of the controller') : 'the Service';
    const [gatewayNamespace = '', gateway = ''] = gatewayOfTags(group.targetGroup.tags)?.split('/') ?? [];
    return group.failing.flatMap((target) => {
      if (!wouldPassWith(expected, target, group, probes)) return [];
      const answers = (['health-check', 'expected-check'] as const).map((purpose) => probeOf(probes, target, purpose));
      const [live, result] = answers.map((probe) => (probe === undefined ? '' : ` (${formatOutcome(probe.outcome)})`));
      return [
        {
          target,
          saw: `the target group has ${says('live')}${live}; ${asker} asks for ${says('expected')}${result}${write === undefined ? '' : `; written by ${formatCall(write)}`}`,
          expected: 'a target group with the settings that its Service requests',
          confidence: known || write !== undefined ? ('confirmed' as const) : ('probable' as const),
          ...(write && { calls: [write.id] }),
          leaves,
          values: {
            ...(isNamedBySetting ? { byHandFirst: group.targetGroup.name } : { byHand: group.targetGroup.name }),
            ...(isOfGateway(group) && { gateway, gatewayNamespace }),
            ...(!isOfGateway(group) && !isNamedBySetting && { compare: group.targetGroup.name }),
            settings: drifted.flatMap((each) => Object.values(targetGroupOption(each.name, each.expected))),
          },
        },
      ];
    });
  },
});

const isOfGateway = ({ owner, targetGroup }: TargetGroupContext): boolean =>
  owner?.controller === 'aws-load-balancer-controller-gateway' && routeOfTags(targetGroup.tags) !== undefined;
