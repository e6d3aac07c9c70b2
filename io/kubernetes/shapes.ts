import * as z from 'zod';
import { heldFields } from '../../core/kubernetes/managers/held-fields.ts';
import { tellingManagers } from '../../core/kubernetes/managers/managed-by.ts';

/** Text that the API may leave out or answer as `null`. */
export const text = z.string().nullish();
/** A number that the API may leave out. */
export const number = z.number().nullish();
/** A flag that the API may leave out. */
export const flag = z.boolean().nullish();
/** A port by number or name. */
export const portNumberOrName = z.union([z.number(), z.string()]);
/** Text by text: labels, annotations, selectors. */
export const texts = z.record(z.string(), z.string()).nullish();
/** A list that the API may leave out or answer as `null`. */
export const listOf = <Each extends z.ZodType>(each: Each) => z.array(each).nullish();
/** A time that `Date` can read. */
export const time = z
  .string()
  .refine((given) => !Number.isNaN(Date.parse(given)), { error: 'is no time' })
  .nullish();

/** Metadata of any object, as far as it is kept. */
export const metadata = z.object({
  name: z.string(),
  namespace: text,
  uid: text,
  creationTimestamp: time,
  deletionTimestamp: time,
  generation: number,
  labels: texts,
  annotations: texts,
  finalizers: listOf(z.string()),
  ownerReferences: listOf(z.object({ kind: z.string(), name: z.string(), uid: z.string(), controller: flag })),
});

/** Writes of an object that are kept: the latest. */
const mostWrites = 3;
/** It writes into every workload all the time, and never what somebody wants. */
const clusterItself = 'kube-controller-manager';

/**
 * Who holds which fields of an object, only of those who tell something, and no more of it than fixes need; who wrote it last, the
 * status apart; and when that was last written.
 */
const managedFields = listOf(
  z.object({ manager: text, time, subresource: text, fieldsV1: z.unknown().optional() }),
).transform((entries) => {
  const held: Record<string, string[] | null> = {};
  for (const { manager, fieldsV1 } of entries ?? []) {
    if (manager == null || !tellingManagers.has(manager)) continue;
    const [before, now] = [held[manager], heldFields(fieldsV1)];
    held[manager] = before === null || now === undefined ? null : [...new Set([...(before ?? []), ...now])];
  }
  const writes = (entries ?? []).flatMap(({ manager, time: at, subresource }) =>
    !manager || !at || subresource || manager === clusterItself ? [] : [{ manager, at }],
  );
  const ofStatus = (entries ?? []).flatMap(({ time: at, subresource }) => (at && subresource === 'status' ? at : []));
  return {
    held,
    writes: writes.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, mostWrites),
    statusAt: ofStatus.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0],
  };
});

/** The same of an object that tools write, with the names under which they do and what they hold. */
export const managedMetadata = metadata.extend({ managedFields });

/** Conditions of a status. */
export const conditions = listOf(
  z.object({ type: z.string(), status: z.string(), reason: text, message: text, lastTransitionTime: time }),
);

/** A label selector. */
export const labelSelector = z.object({
  matchLabels: texts,
  matchExpressions: listOf(z.object({ key: z.string(), operator: z.string(), values: listOf(z.string()) })),
});
