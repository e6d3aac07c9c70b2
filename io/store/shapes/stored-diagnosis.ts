import * as z from 'zod';
import { nothingOmitted } from '../../../core/lifecycle/truncate.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import { severities } from '../../../core/model/severity.ts';

/** A list in an item of the table without the entries that are none; empty where it is no list. */
export const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all) =>
      all.flatMap((each) => {
        const parsed = entry.safeParse(each);
        return parsed.success ? [parsed.data] : [];
      }),
    );

export const texts = listOf(z.string());
export const storedEvidence = listOf(
  z.looseObject({ check: z.string(), target: z.string().nullable(), saw: z.string(), expected: z.string() }),
);

const count = z.int().min(0);
const words = z.string().nullable().catch(null);
const sometimes = <Value extends z.ZodType>(value: Value) => value.optional().catch(undefined);

/** How much of a message was left out. */
export const storedOmitted = z
  .record(z.enum(Object.keys(nothingOmitted) as (keyof typeof nothingOmitted)[]), count)
  .catch(nothingOmitted);

/** A diagnosis in an item of the table, with what versions before lacked; only what no default can stand for is required. */
export const storedDiagnosis = z.looseObject({
  fingerprint: z.string().catch(''),
  verdict: z.enum(['unhealthy', 'unserved', 'expected', 'latent', 'unexplained']).catch('unhealthy'),
  targetGroupArn: z.string(),
  cause: z.string().nullable(),
  title: z.string().catch(''),
  cluster: words,
  namespace: words,
  service: words,
  loadBalancerArn: words,
  decidedBy: words,
  confidence: z.enum(['confirmed', 'probable', 'possible']).catch('possible'),
  severity: z.enum(severities).catch('low'),
  team: sometimes(z.string()),
  asOf: sometimes(z.iso.datetime()),
  mechanisms: texts,
  coCauses: texts,
  missing: sometimes(texts),
  emptyZones: sometimes(texts),
  clientsOf: sometimes(z.enum(['TCP', 'UDP'])),
  someClients: sometimes(z.literal(true)),
  besideOthers: sometimes(z.literal(true)),
  groupHealth: z.object({ healthy: count, total: count }).catch({ healthy: 0, total: 0 }),
  targets: listOf(
    z.looseObject({ id: z.string(), port: z.number(), state: z.string(), reason: z.string().nullable() }),
  ),
  evidence: storedEvidence,
  ruledOut: texts,
  unknown: listOf(z.looseObject({ check: z.string(), reason: z.string(), remedy: z.string() })),
  fix: listOf(
    z.looseObject({
      text: z.string(),
      command: sometimes(z.string()),
      danger: sometimes(z.string()),
      verify: sometimes(z.string()),
      prepare: sometimes(z.string()),
      disturbs: sometimes(z.string()),
      manifest: sometimes(
        z.looseObject({
          owner: sometimes(z.string()),
          where: z.string(),
          undoneBy: sometimes(z.string()),
          language: z.enum(['yaml', 'hcl']),
          text: z.string(),
        }),
      ),
      undo: sometimes(z.looseObject({ text: z.string(), command: sometimes(z.string()) })),
    }),
  ),
  measured: sometimes(
    z.looseObject({
      since: sometimes(z.iso.datetime()),
      sinceAtLeast: sometimes(z.boolean()),
      spells: listOf(z.looseObject({ from: z.iso.datetime(), to: z.iso.datetime() })),
      notes: texts,
    }),
  ),
  changes: sometimes(
    z.looseObject({
      start: sometimes(z.iso.datetime()),
      entries: listOf(
        z.looseObject({
          at: z.iso.datetime(),
          minutes: sometimes(z.number()),
          actor: words,
          tool: words,
          action: z.string(),
          object: z.string(),
          detail: sometimes(z.string()),
          fits: sometimes(z.literal(true)),
        }),
      ),
      notes: texts,
    }),
  ),
  recovered: sometimes(z.looseObject({ from: z.iso.datetime(), to: z.iso.datetime() })),
  changedSinceHealthy: sometimes(listOf(z.looseObject({ what: z.string(), before: words, now: words }))),
} satisfies Record<keyof Diagnosis, z.ZodType>);
