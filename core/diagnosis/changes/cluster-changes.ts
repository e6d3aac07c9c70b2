import { bindingsOf } from '../../controllers/reconcile-errors.ts';
import { nodeOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import { workloadsBehind, workloadsCarrying } from '../../kubernetes/workload.ts';
import type { ChangeEntry } from '../../model/changes/changes.ts';
import type { Facts } from '../../model/facts.ts';
import { distinct } from '../../model/indexed.ts';
import type { Event, ObjectMeta, Workload } from '../../model/kubernetes.ts';
import { compareText, type TargetGroupContext } from '../../model/target-group-context.ts';

/** An object with its kind, as a timeline names it. */
interface Named {
  kind: string;
  metadata: Pick<ObjectMeta, 'name' | 'namespace' | 'writes'>;
}

const nameOf = ({ kind, metadata: { namespace, name } }: Named): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/**
 * What changed in the cluster, as its objects tell by themselves: versions of the workload with their images, nodes that joined, who
 * wrote the objects behind a target group, its network policies and the add-ons of the nodes, and events about all of them.
 */
export function clusterChanges(group: TargetGroupContext, facts: Facts): ChangeEntry[] {
  const { services, workloads, pods: allPods, nodes: allNodes, events, networkPolicies } = facts.slices;
  const service = serviceOf(group, services);
  const behind = service === undefined ? [] : workloadsBehind(service, workloads);
  const pods = service === undefined ? [] : podsOf(service, allPods);
  const nodes = distinct(group.nonHealthy.flatMap((target) => nodeOf(target, allNodes) ?? []));
  const written: Named[] = [
    ...(service === undefined ? [] : [{ ...service, kind: 'Service' }]),
    ...behind,
    ...bindingsOf(group, facts.slices.targetGroupBindings).map((each) => ({ ...each, kind: 'TargetGroupBinding' })),
    ...networkPolicies
      .filter(({ metadata }) => metadata.namespace === service?.metadata.namespace)
      .map((each) => ({ ...each, kind: 'NetworkPolicy' })),
    ...workloads.filter(({ kind, metadata }) => kind === 'DaemonSet' && metadata.namespace === 'kube-system'),
  ];
  const around: Named[] = [
    ...written,
    ...(service === undefined ? [] : workloadsCarrying(service, workloads)),
    ...pods.map((each) => ({ ...each, kind: 'Pod' })),
    ...nodes.map((each) => ({ ...each, kind: 'Node' })),
  ];
  return [
    ...versionsOf(service === undefined ? [] : workloadsCarrying(service, workloads)),
    ...nodes.map(({ metadata }) => entry(metadata.creationTimestamp, 'admitted the node', metadata.name)),
    ...written.flatMap((each) =>
      (each.metadata.writes ?? []).map(({ manager, at }) => ({ ...entry(at, 'wrote', nameOf(each)), actor: manager })),
    ),
    ...eventsOf(events, new Set(around.map(nameOf))),
  ];
}

const entry = (at: string, action: string, object: string): ChangeEntry => ({
  at,
  actor: null,
  tool: 'Kubernetes',
  action,
  object,
});

/** Each version of a Deployment, by its ReplicaSet, with the images that are others than in the version before. */
const versionsOf = (workloads: Workload[]): ChangeEntry[] =>
  [
    ...Map.groupBy(
      workloads.filter(({ kind }) => kind === 'ReplicaSet'),
      ({ metadata }) => metadata.ownerReferences[0]?.uid ?? metadata.uid,
    ).values(),
  ].flatMap((versions) =>
    versions
      .toSorted((a, b) => compareText(a.metadata.creationTimestamp, b.metadata.creationTimestamp))
      .map(
        (version, index, all): ChangeEntry => ({
          ...entry(
            version.metadata.creationTimestamp,
            'started the version',
            `${version.metadata.namespace}/${version.metadata.name}`,
          ),
          detail: imagesOf(version, all[index - 1]),
        }),
      ),
  );

function imagesOf({ spec }: Workload, before: Workload | undefined): string {
  const earlier = new Map(before?.spec.template.containers.map(({ name, image }) => [name, image]));
  const changed = spec.template.containers.filter(({ name, image }) => earlier.get(name) !== image);
  if (before !== undefined && changed.length === 0) return 'the same images';
  return changed.map(({ name, image }) => (earlier.has(name) ? `${earlier.get(name)} → ${image}` : image)).join(', ');
}

/** Events that are no warnings and tell of a change all the same (reasons of kube-controller-manager, kubelet and Karpenter). */
const telling = new Set([
  'ScalingReplicaSet',
  'SuccessfulRescale',
  'Killing',
  'NodeNotReady',
  'NodeNotSchedulable',
  'RemovingNode',
  'DeletingNode',
  'Rebooted',
  'DisruptionTerminating',
  'Evicted',
]);
const longestNote = 160;

/** One entry for each reason and kind of object, at its first event: the pods of a Deployment tell the same. */
function eventsOf(events: Event[], around: ReadonlySet<string>): ChangeEntry[] {
  const about = ({ regarding }: Event): string => nameOf({ kind: regarding.kind, metadata: regarding });
  const own = events
    .filter((event) => (event.type === 'Warning' || telling.has(event.reason)) && around.has(about(event)))
    .toSorted((a, b) => compareText(a.firstSeen, b.firstSeen));
  return [...Map.groupBy(own, ({ reason, regarding }) => `${reason} ${regarding.kind}`).values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const objects = distinct(alike.map(about));
    const more = objects.length > 1 ? ` and ${objects.length - 1} more` : '';
    const note = first.note.length <= longestNote ? first.note : `${first.note.slice(0, longestNote - 1)}…`;
    return [{ ...entry(first.firstSeen, first.reason, `${about(first)}${more}`), detail: note }];
  });
}
