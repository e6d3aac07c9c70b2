import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { ObjectMeta } from '../../core/kubernetes.ts';
import { known } from '../known.ts';
import { timeOf } from '../time.ts';

/** kubectl keeps the whole object in it, with values that must not be kept. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Identity, labels, annotations and owners of an object. */
export function metadataOf(metadata: V1ObjectMeta = {}): ObjectMeta {
  const { [lastApplied]: _, ...annotations } = metadata.annotations ?? {};
  return known({
    name: metadata.name ?? '',
    namespace: metadata.namespace,
    uid: metadata.uid ?? '',
    creationTimestamp: timeOf(metadata.creationTimestamp) ?? '',
    deletionTimestamp: timeOf(metadata.deletionTimestamp),
    generation: metadata.generation,
    labels: metadata.labels ?? {},
    annotations,
    ownerReferences: (metadata.ownerReferences ?? []).map(({ kind, name, uid, controller }) =>
      known({ kind, name, uid, controller }),
    ),
  });
}
