import type { Diagnosis, Verdict } from '../model/diagnosis.ts';
import { severities } from '../model/severity.ts';

/** Diagnoses with one of these verdicts, the most severe first. */
export const inOrder = (diagnoses: Diagnosis[], ...verdicts: Verdict[]): Diagnosis[] =>
  diagnoses
    .filter(({ verdict }) => verdicts.includes(verdict))
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));

/** `cluster namespace/service`, or the target group where no Service is known. */
export function placeOf({
  cluster,
  namespace,
  service,
  targetGroupArn,
}: Pick<Diagnosis, 'cluster' | 'namespace' | 'service' | 'targetGroupArn'>): string {
  if (service === null) return targetGroupArn.split(':targetgroup/')[1]?.split('/')[0] ?? targetGroupArn;
  return `${cluster} ${namespace}/${service}`;
}

/** What was seen, each observation once, with the number of targets that show it. */
export function observationsOf({ evidence, asOf }: Diagnosis): string[] {
  const alike = Map.groupBy(evidence, ({ saw }) => saw);
  const age = asOf === undefined ? [] : [`not read in this run: this is the verdict of ${asOf}`];
  return [...age, ...[...alike].map(([saw, { length }]) => (length > 1 ? `${saw} (${length} targets)` : saw))];
}
