import { controllerDeployment, flagOf } from '../../controllers/controller.ts';
import { missingNeeds, missingTargetsOf } from '../../controllers/missing-targets.ts';
import { bindingsOf } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { formatMissing } from '../../diagnosis/drift.ts';
import { nameOf } from '../../kubernetes/service.ts';
import type { Workload } from '../../model/kubernetes.ts';

export const controllerTargetCap = check({
  id: 'controller-target-cap',
  kind: 'fault',
  stage: 'registration',
  severity: 'high',
  needsChange: true,
  title: 'A flag of the controller limits the number of targets, and ready ones are left out',
  symptom: 'The target group holds a round number of targets and gets no more, however many pods or nodes are ready.',
  why: `With --max-targets-per-target-group=N the AWS Load Balancer Controller registers up to N targets with each target group and reports
success. It records the work as done, so that what was left out stays out until the endpoints or the binding change again.`,
  proof: `The controller runs with the flag, the target group holds as many targets as it allows or more, and further endpoints or nodes have
been ready for minutes.`,
  nearMisses: [
    'The quota of Elastic Load Balancing shows as an error in an event: `target-or-listener-quota`.',
    'With fewer targets than the flag allows it keeps nothing out.',
  ],
  decidedBy: 'the flag in the Deployment of the controller, and "Limiting target additions" in its log',
  fix: [
    {
      text: 'Set the flag to 0 for no limit, or to more targets than there are ready endpoints; in the Helm chart it is maxTargetsPerTargetGroup.',
      change: {
        patch: [{ op: 'replace', path: '{flagPath}', value: '--max-targets-per-target-group=0' }],
        type: 'json',
        on: { object: 'deployment {controllerDeployment}', in: '{controllerNamespace}' },
      },
      withNext: true,
      disturbs: 'The pods of the controller are replaced; nothing is registered or deregistered meanwhile.',
      undo: 'Set the flag to its former value.',
      danger: 'The quota of the target group (1,000 targets by default) still applies.',
    },
    {
      text: 'Then remove the checkpoint of the binding: the controller skips a binding that has not changed since.',
      change: { wake: 'binding' },
      when: 'binding',
    },
  ],
  links: ['https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/'],
  masks: ['ready-endpoints-not-registered'],
  needs: [...missingNeeds, 'workloads', 'targetHealth'],
  optional: ['targetGroupBindings'],
  applies: ({ owner }) =>
    owner?.controller === 'aws-load-balancer-controller' ||
    owner?.controller === 'aws-load-balancer-controller-gateway',

  run(group, facts) {
    const deployment = controllerDeployment(facts.workloads);
    const cap = Number((deployment && flagOf(deployment, 'max-targets-per-target-group')) ?? 0);
    if (deployment === undefined || !(cap > 0) || group.targets.length < cap) return [];
    const missing = missingTargetsOf(group, facts);
    if (missing.length === 0) return [];
    const [binding] = bindingsOf(group, facts.targetGroupBindings ?? []);
    return [
      {
        missing,
        saw: `${nameOf(deployment)} runs with --max-targets-per-target-group=${cap}; ${group.targets.length} of ${group.targets.length + missing.length} targets registered, and ${formatMissing(group, missing)}`,
        expected: 'a limit above the number of ready endpoints',
        confidence: 'confirmed' as const,
        values: {
          ...flagPathOf(deployment),
          controllerNamespace: deployment.metadata.namespace ?? 'kube-system',
          controllerDeployment: deployment.metadata.name,
          ...(binding && { binding: binding.metadata.name, bindingNamespace: binding.metadata.namespace ?? 'default' }),
        },
      },
    ];
  },
});

/** Where the flag stands in the manifest, as a JSON pointer (RFC 6901). */
function flagPathOf({ spec }: Workload): { flagPath?: string } {
  const [path] = spec.template.containers.flatMap(({ args }, container) =>
    args.flatMap((arg, index) =>
      arg.startsWith('--max-targets-per-target-group=')
        ? [`/spec/template/spec/containers/${container}/args/${index}`]
        : [],
    ),
  );
  return path === undefined ? {} : { flagPath: path };
}
