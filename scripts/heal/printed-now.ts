import { auditLab } from './audit-lab.ts';
import type { Tried } from './fault-left.ts';

/** What the same step of the same finding says in an audit of now. */
export async function printedNow(
  { lab, diagnosis: { cause, cluster, namespace, service } }: Pick<Tried, 'lab' | 'diagnosis'>,
  index: number,
): Promise<string | undefined> {
  const { diagnoses } = await auditLab(lab);
  const same = diagnoses.find(
    (each) =>
      each.cause === cause && each.cluster === cluster && each.namespace === namespace && each.service === service,
  );
  return same?.fix[index]?.command;
}
