import type { Event, Workload } from '../model/kubernetes.ts';

/** What kube-downscaler writes on a workload that it has put to sleep. */
const asleep = 'downscaler/original-replicas';

/** The words of the scaler that set the replicas to zero. */
export function scaledToZeroBy({ kind, metadata }: Workload, events: Event[]): string | undefined {
  const before = metadata.annotations[asleep];
  if (before !== undefined) return `${kind} ${metadata.name} is scaled to zero by kube-downscaler, from ${before}`;
  const event = events.find(
    ({ namespace, reason, note }) =>
      namespace === metadata.namespace &&
      reason === 'KEDAScaleTargetDeactivated' &&
      note.includes(`${metadata.namespace}/${metadata.name} `),
  );
  return event && `KEDA: ${event.note}`;
}
