import type { Diagnosis } from '../model/diagnosis.ts';
import { truncate, untruncated } from './truncate.ts';

const mostEvidence = 20;
const longest = 20_000;

/** What is kept of the first sight of a cause: at most 20 pieces of evidence, short enough for an item. */
export function firstEvidence(diagnoses: Diagnosis[]): Diagnosis['evidence'] {
  const { diagnoses: kept } = truncate(untruncated(diagnoses), longest);
  return kept.flatMap(({ evidence }) => evidence).slice(0, mostEvidence);
}
