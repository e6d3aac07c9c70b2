import { readTags } from '../controllers/tags.ts';
import type { Finding } from '../model/finding.ts';
import type { SurveyMemory } from './survey-memory.ts';

/**
 * The clusters that these target groups belong to, as tags that were read before or earlier findings have it; `undefined` where
 * memory has no owner of one of them, which may then belong to any.
 */
export function clustersOf(
  targetGroups: readonly string[],
  { findings }: { findings: Finding[] },
  { known }: Pick<SurveyMemory, 'known'>,
): string[] | undefined {
  const found = new Map(
    findings.flatMap(({ diagnoses }) =>
      diagnoses.flatMap(({ targetGroupArn, cluster }) =>
        cluster === null ? [] : [[targetGroupArn, cluster] as const],
      ),
    ),
  );
  const clusters = targetGroups.map((arn) => readTags(known.get(arn)?.tags?.value ?? {})?.cluster ?? found.get(arn));
  return clusters.includes(undefined) ? undefined : [...new Set(clusters.flatMap((name) => name ?? []))];
}
