import { missingTargetsOf } from '../../controllers/missing-targets.ts';
import { bindingsOf, isHandMade } from '../../controllers/reconcile-errors.ts';
import { check } from '../../diagnosis/check.ts';
import { formatCall, undoingOf } from '../../history/changes/culprits.ts';
import { nameOf, nodeOf } from '../../kubernetes/service.ts';
import type { Instance, Target } from '../../model/aws.ts';
import { derived } from '../../model/indexed.ts';
import type { ForeignBinding } from '../../model/kubernetes.ts';

export const sharedTargetGroupConflict = check({
  id: 'shared-target-group-conflict',
  kind: 'fault',
  riskWhenHealthy: true,
  stage: 'registration',
  severity: 'critical',
  title: 'Several controllers register targets with the same target group and undo each other’s changes',
  symptom: 'Targets come and go: one controller removes what another one registers.',
  why: `With a TargetGroupBinding its controller expects to be alone with the target group: it deregisters every target that it does not know.
With a second binding to the same group, in this cluster or another, targets come and go with each reconciliation.`,
  proof: `More than one TargetGroupBinding names the target group and at least one of them is not marked multiClusterTargetGroup; or
registered instances carry the tag of another cluster while the binding of this one is not marked.`,
  nearMisses: [
    'With multiClusterTargetGroup on every binding each controller changes only its own targets.',
    'Old targets of this cluster itself: `stale-targets-not-deregistered`.',
  ],
  decidedBy: 'RegisterTargets and DeregisterTargets by two roles in CloudTrail',
  fix: [
    {
      text: 'Mark every binding of this target group that was written by hand, in all clusters.',
      change: {
        patch: { spec: { multiClusterTargetGroup: true } },
        type: 'merge',
        on: { object: 'targetgroupbinding {binding}', in: '{bindingNamespace}' },
      },
      danger: 'Until all of them are marked, the others still deregister what they do not know.',
      when: 'byHand',
      withNext: true,
      disturbs: { nothing: 'this controller deregisters only what it registered itself from then on.' },
    },
    {
      text: 'Mark every binding of this target group, in all clusters. The controller writes this one, and would undo a change of it: mark its Service.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-multi-cluster-target-group': 'true' } },
      danger:
        'Until all of them are marked, the others still deregister what they do not know. Older releases of the controller ignore the annotation.',
      when: 'byController',
      withNext: true,
      disturbs: { nothing: 'this controller deregisters only what it registered itself from then on.' },
    },
    {
      text: 'Do the same in cluster {otherCluster}.',
      change: {
        patch: { spec: { multiClusterTargetGroup: true } },
        type: 'merge',
        on: { object: 'targetgroupbinding {otherBinding}', in: '{otherNamespace}', context: '{otherContext}' },
      },
      when: 'otherBinding',
      disturbs: { nothing: 'its controller deregisters only what it registered itself from then on.' },
    },
    {
      text: 'Do the same in cluster {otherCluster}, where the controller writes the binding too.',
      change: {
        annotate: { 'service.beta.kubernetes.io/aws-load-balancer-multi-cluster-target-group': 'true' },
        on: { object: 'service {otherService}', in: '{otherNamespace}', context: '{otherContext}' },
      },
      when: 'otherService',
      disturbs: { nothing: 'its controller deregisters only what it registered itself from then on.' },
    },
    { text: 'Or give each cluster a separate target group and share the traffic by weights of the listener.' },
  ],
  links: [
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/#multicluster-target-group',
  ],
  masks: [
    'ready-endpoints-not-registered',
    'stale-targets-not-deregistered',
    'nodeport-changed-stale-target-group',
    'sg-target-missing-health-check-rule',
    'sg-rule-removed-by-other-manager',
  ],
  needs: ['targetGroupBindings', 'nodes'],
  optional: ['foreignBindings', 'instances', 'services', 'pods', 'endpointSlices', 'changes'],

  run(group, { targetGroupBindings, nodes, foreignBindings, instances, services, pods, endpointSlices, changes }) {
    const { arn, name } = group.targetGroup;
    const own = bindingsOf(group, targetGroupBindings);
    const bindings = [
      ...own.map((binding) => ({ cluster: group.owner?.cluster ?? 'this cluster', binding })),
      ...(foreignBindings ?? []).filter(
        ({ binding: { spec } }) => spec.targetGroupARN === arn || spec.targetGroupName === name,
      ),
    ];
    const unmarked = bindings.filter(({ binding }) => binding.spec.multiClusterTargetGroup !== true);
    if (unmarked.length === 0) return [];
    const clustersOfInstance = clustersById(instances ?? []);
    const foreign = own.length > 0 ? group.targets.filter(isForeign) : [];
    if (bindings.length < 2 && foreign.length === 0) return [];
    const [binding] = own;
    const [other] = unmarked.filter(({ binding: each }) => !own.includes(each));
    const values = binding && {
      ...(other && elsewhere(other, arn)),
      binding: binding.metadata.name,
      bindingNamespace: binding.metadata.namespace ?? 'default',
      [isHandMade(binding) ? 'byHand' : 'byController']: 'yes',
    };
    const reported = bindings.map(
      ({ cluster, binding }) =>
        `${cluster}: ${nameOf(binding)}${binding.spec.multiClusterTargetGroup === true ? ' (marked)' : ''}`,
    );
    const strangers = foreign.length === 0 ? '' : `; ${foreign.length} targets of another cluster`;
    const undoing = undoingOf(group, { changes, metrics: undefined });
    const seen = undoing.length === 0 ? '' : `; CloudTrail: ${undoing.map(formatCall).join(', undone by ')}`;
    const evidence = {
      saw: `bound by ${reported.join(', ')}${strangers}${seen}`,
      expected: 'one binding, or multiClusterTargetGroup on all of them',
      confidence: bindings.length > 1 || undoing.length > 0 ? ('confirmed' as const) : ('probable' as const),
      ...(undoing.length > 0 && { calls: undoing.map(({ id }) => id) }),
      ...(values && { values }),
    };
    const missing =
      services && pods && endpointSlices
        ? missingTargetsOf(group, { services, pods, nodes, endpointSlices, targetGroupBindings })
        : [];
    if (group.nonHealthy.length === 0 && missing.length === 0) return [evidence];
    const disturbed = group.nonHealthy.filter((target) => target.state !== 'unhealthy' || isForeign(target));
    return [
      ...disturbed.map((target) => ({ target, ...evidence })),
      ...(missing.length === 0 ? [] : [{ missing, ...evidence }]),
    ];

    /** An instance that EC2 tags as a node of another cluster. */
    function isForeign(target: Target): boolean {
      const clusters = clustersOfInstance.get(target.id);
      if (clusters === undefined || clusters.length === 0) return false;
      return !clusters.includes(group.owner?.cluster ?? '') && nodeOf(target, nodes) === undefined;
    }
  },
});

/** The words for the step in another cluster, which is in the same account and Region. */
function elsewhere({ cluster, binding }: ForeignBinding, arn: string): Record<string, string> {
  const [, partition, , region, account] = arn.split(':');
  return {
    otherCluster: cluster,
    otherContext: `arn:${partition}:eks:${region}:${account}:cluster/${cluster}`,
    otherNamespace: binding.metadata.namespace ?? 'default',
    ...(isHandMade(binding) ? { otherBinding: binding.metadata.name } : { otherService: binding.spec.serviceRef.name }),
  };
}

/** The clusters that each instance is tagged for, by its id. */
const clustersById = (instances: Instance[]): Map<string, string[]> =>
  derived(instances, [clustersById], () => new Map(instances.map(({ id, tags }) => [id, clustersOf(tags)])));

/** The clusters that the tags of an instance name: managed node groups write the first two, Karpenter and others the last. */
const clustersOf = (tags: Record<string, string>): string[] =>
  Object.entries(tags).flatMap(([key, value]) => {
    if (key === 'eks:cluster-name' || key === 'aws:eks:cluster-name') return [value];
    return key.startsWith('kubernetes.io/cluster/') ? [key.replace('kubernetes.io/cluster/', '')] : [];
  });
