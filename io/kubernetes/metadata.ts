import type * as z from 'zod';
import type { ObjectMeta } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { timeOf } from '../aws/time.ts';
import type { Pool } from './client/pool.ts';
import type { metadata } from './shapes.ts';

/** kubectl keeps the whole object in it, with values that must not be kept. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Identity, labels, annotations and owners of an object. */
export function metadataOf(answer: z.output<typeof metadata>, pool: Pool): ObjectMeta {
  const { [lastApplied]: _, ...annotations } = answer.annotations ?? {};
  return known({
    name: answer.name,
    namespace: answer.namespace && pool.text(answer.namespace),
    uid: answer.uid ?? '',
    creationTimestamp: timeOf(answer.creationTimestamp) ?? '',
    deletionTimestamp: timeOf(answer.deletionTimestamp),
    generation: answer.generation,
    labels: pool.value(answer.labels ?? {}),
    annotations: pool.value(annotations),
    ownerReferences: pool.value(
      (answer.ownerReferences ?? []).map(({ kind, name, uid, controller }) => known({ kind, name, uid, controller })),
    ),
  });
}
