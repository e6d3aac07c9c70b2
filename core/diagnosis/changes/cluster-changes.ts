import { nodeOf, podsOf, serviceOf } from '../../kubernetes/service.ts';
import type { ChangeEntry } from '../../model/changes/changes.ts';
import type { Facts } from '../../model/facts.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

/** What changed in the cluster, as its objects tell by themselves: new versions of the workload, and nodes that joined. */
export function clusterChanges(group: TargetGroupContext, { slices }: Facts): ChangeEntry[] {
  const service = serviceOf(group, slices.services);
  const pods = service === undefined ? [] : podsOf(service, slices.pods);
  const owners = new Set(pods.flatMap(({ metadata }) => metadata.ownerReferences.map(({ uid }) => uid)));
  const replicaSets = slices.workloads.filter(
    ({ kind, metadata }) => kind === 'ReplicaSet' && owners.has(metadata.uid),
  );
  const nodes = new Set(group.nonHealthy.flatMap((target) => nodeOf(target, slices.nodes) ?? []));
  return [
    ...replicaSets.map(
      ({ metadata, spec }): ChangeEntry => ({
        at: metadata.creationTimestamp,
        actor: null,
        tool: 'Kubernetes',
        action: 'started the version',
        object: `${metadata.namespace}/${metadata.name}`,
        detail: spec.template.containers.map(({ image }) => image).join(', '),
      }),
    ),
    ...[...nodes].map(
      ({ metadata }): ChangeEntry => ({
        at: metadata.creationTimestamp,
        actor: null,
        tool: 'Kubernetes',
        action: 'admitted the node',
        object: metadata.name,
      }),
    ),
  ];
}
