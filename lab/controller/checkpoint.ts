import { hash } from '../world/identifier.ts';
import type { TargetGroupBinding } from '../world/kubernetes-object.ts';

const annotation = 'elbv2.k8s.aws/checkpoint';

/**
 * What the AWS Load Balancer Controller notes on a binding once it has done everything for it: a digest of the binding and of the
 * targets that it should have. A binding with the same digest is skipped, so that what others removed in AWS stays removed
 * (since 2.10, pkg/targetgroupbinding/resource_manager.go; measured with 3.5.0).
 */
export const checkpointOf = (
  { spec }: TargetGroupBinding,
  { targets, interfaces }: { targets: { id: string; port: number }[]; interfaces: { id: string }[] },
): string =>
  hash(
    // A pod on another interface is another pod.
    JSON.stringify([spec, targets.map(({ id, port }) => `${id}:${port}`).toSorted(), interfaces.map(({ id }) => id)]),
    32,
  );

/** True where the controller has done everything for the binding as it is now. */
export const hasCheckpoint = ({ metadata }: TargetGroupBinding, checkpoint: string): boolean =>
  metadata.annotations[annotation] === checkpoint;

export function setCheckpoint({ metadata }: TargetGroupBinding, checkpoint: string): void {
  metadata.annotations[annotation] = checkpoint;
}

/** What `kubectl annotate targetgroupbinding X elbv2.k8s.aws/checkpoint-` does. */
export function removeCheckpoint({ metadata }: TargetGroupBinding): void {
  delete metadata.annotations[annotation];
}
