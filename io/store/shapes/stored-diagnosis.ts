import * as z from 'zod';

const texts = z.array(z.string()).catch([]);
const objects = z.array(z.looseObject({})).catch([]);

/** A diagnosis in an item of the table, with what versions before lacked; only what no default can stand for is required. */
export const storedDiagnosis = z.looseObject({
  targetGroupArn: z.string(),
  cause: z.string().nullable(),
  cluster: z.string().nullable().catch(null),
  mechanisms: texts,
  coCauses: texts,
  targets: objects,
  evidence: objects,
  ruledOut: texts,
  unknown: objects,
  fix: objects,
});
