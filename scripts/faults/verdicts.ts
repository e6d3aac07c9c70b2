import { readFileSync, writeFileSync } from 'node:fs';
import { nameOfCall } from './calls.ts';
import { matrix } from './matrix.ts';
import { renderReliability } from './page.ts';
import type { Verdict } from './stage.ts';

const file = new URL('../../docs/reliability.json', import.meta.url);
const page = new URL('../../docs/reliability.md', import.meta.url);

/** The verdicts that are kept, in the order of the matrix; none before the first run. */
export function readVerdicts(): Verdict[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

/** Keeps these verdicts in place of older ones on the same cases, and writes the page; what is in the matrix no more is dropped. */
export function writeVerdicts(verdicts: Verdict[]): void {
  const known = new Map([...readVerdicts(), ...verdicts].map((verdict) => [nameOf(verdict), verdict]));
  const kept = matrix().flatMap(
    ({ call, fault }) => known.get(nameOf({ call: nameOfCall(call), fault: fault.id })) ?? [],
  );
  writeFileSync(file, `[\n${kept.map((verdict) => JSON.stringify(verdict)).join(',\n')}\n]\n`);
  writeFileSync(page, renderReliability(kept));
}

const nameOf = ({ call, fault }: Pick<Verdict, 'call' | 'fault'>): string => `${call}, ${fault}`;
