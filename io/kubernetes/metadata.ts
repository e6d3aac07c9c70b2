import type * as z from 'zod';
import { isFinalizer } from '../../core/controllers/deleted/finalizer.ts';
import type { ObjectMeta } from '../../core/model/kubernetes.ts';
import { known } from '../aws/known.ts';
import { timeOf } from '../aws/time.ts';
import type { Pool } from './client/pool.ts';
import type { managedMetadata, metadata } from './shapes.ts';

/** kubectl keeps the whole object in it, with values that must not be kept. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Identity, labels, annotations and owners of an object, and of who writes it the names that tell something. */
export function metadataOf(
  answer: z.output<typeof metadata> & Partial<z.output<typeof managedMetadata>>,
  pool: Pool,
): ObjectMeta {
  const { [lastApplied]: _, ...annotations } = answer.annotations ?? {};
  const finalizers = (answer.finalizers ?? []).filter(isFinalizer);
  return known({
    name: answer.name,
    namespace: answer.namespace && pool.text(answer.namespace),
    uid: answer.uid ?? '',
    creationTimestamp: timeOf(answer.creationTimestamp) ?? '',
    deletionTimestamp: timeOf(answer.deletionTimestamp),
    generation: answer.generation,
    labels: pool.value(answer.labels ?? {}),
    annotations: pool.value(annotations),
    ...(finalizers.length > 0 && { finalizers: pool.value(finalizers) }),
    ...(answer.managedFields && managersOf(answer.managedFields, pool)),
    ownerReferences: pool.value(
      (answer.ownerReferences ?? []).map(({ kind, name, uid, controller }) => known({ kind, name, uid, controller })),
    ),
  });
}

function managersOf(
  { held, writes }: z.output<typeof managedMetadata>['managedFields'],
  pool: Pool,
): Pick<ObjectMeta, 'managers' | 'heldFields' | 'writes'> {
  const names = Object.keys(held);
  const kept = Object.entries(held).flatMap(([name, fields]) => (fields === null ? [] : [[name, pool.value(fields)]]));
  return {
    ...(names.length > 0 && { managers: pool.value(names), heldFields: pool.value(Object.fromEntries(kept)) }),
    ...(writes.length > 0 && {
      writes: writes.map(({ manager, at }) => ({ manager: pool.text(manager), at: timeOf(at) ?? '' })),
    }),
  };
}
