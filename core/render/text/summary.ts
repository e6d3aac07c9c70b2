import { inOrder } from '../../diagnosis/diagnoses.ts';
import { type Diagnosis, wrongVerdicts } from '../../model/diagnosis.ts';
import { worstOf } from '../../model/severity.ts';
import { formatWhere } from '../where-words.ts';
import { byCause } from './alike.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import type { TextOptions } from './text-options.ts';

/** From so many findings on a table says what is where. */
const enoughForTable = 4;
/** With the lines around them not more than a screen. */
const mostLines = 16;

/** From so many columns on a line has the severity too; what follows in detail has it anyway. */
const wideEnough = 72;

/** What is wrong, a line for each cause, the most severe first, before anything in detail. */
export function summary(diagnoses: Diagnosis[], { bold, red, dim }: Style, { width }: TextOptions): string {
  const wrong = inOrder(diagnoses, ...wrongVerdicts);
  if (wrong.length < enoughForTable) return '';
  const causes = byCause(wrong);
  const lines = causes
    .slice(0, mostLines)
    .map((alike) => [
      formatWhere(alike),
      ...(width < wideEnough ? [] : [worstOf(alike)]),
      alike[0]?.cause ?? 'unexplained',
    ]);
  const left = causes.length - lines.length;
  return [
    bold('In short'),
    ...table(lines, width - 4).map((line) => `  ${red('✗')} ${line}`),
    ...(left > 0 ? [dim(`    and ${left} more cause${left === 1 ? '' : 's'}`)] : []),
  ].join('\n');
}
