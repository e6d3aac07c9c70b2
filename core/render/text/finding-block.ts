import { observationsInShort, observationsOf, placeOf } from '../../diagnosis/diagnoses.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { GroupSummary } from '../../model/report.ts';
import { formatChanges } from '../changes-words.ts';
import { formatDifference } from '../difference-words.ts';
import { cautionOf, formsOf, shortFormsOf, undoOf } from '../fix-words.ts';
import { formatHealth } from '../health-words.ts';
import { formatMeasured, textSparkline } from '../measured-words.ts';
import type { Style } from './style.ts';
import type { TextOptions } from './text-options.ts';
import { wrap } from './wrap.ts';

/** One diagnosis in full: where, how bad, how sure, what was seen, and how to fix it. */
export function findingBlock(diagnosis: Drawn, style: Style, { width, verbose }: TextOptions): string {
  const { evidence, mechanisms, coCauses, unknown, ruledOut, fix } = diagnosis;
  const changed = diagnosis.changedSinceHealthy ?? [];
  const observations = verbose ? observationsOf(diagnosis) : observationsInShort(diagnosis);
  const shown = verbose ? observations : observations.slice(0, 3);
  const row = rows(style, width);
  const name = `${diagnosis.cause ?? 'unexplained'}, ${diagnosis.confidence}`;
  return [
    ...headline(diagnosis, style, width),
    ...wrap(diagnosis.title, width - 2, '  '),
    `  ${style.cyan(name)}`,
    ...row('targets', diagnosis.targets.map(({ id, port }) => `${id}:${port}`).join(', ')),
    ...shown.flatMap((saw, index) => row(index === 0 ? 'saw' : '', saw)),
    ...(observations.length > shown.length ? row('', `and ${observations.length - shown.length} more`) : []),
    ...row('expected', evidence[0]?.expected ?? ''),
    ...before(diagnosis).flatMap((line, index) => row(index === 0 ? 'before' : '', line)),
    ...(diagnosis.changes === undefined ? [] : formatChanges(diagnosis.changes)).flatMap((line, index) =>
      row(index === 0 ? 'changes' : '', line),
    ),
    ...changed.flatMap((difference, index) =>
      verbose || index < 3 ? row(index === 0 ? 'changed' : '', formatDifference(difference)) : [],
    ),
    ...(!verbose && changed.length > 3 ? row('', `and ${changed.length - 3} more since it was healthy`) : []),
    ...row('leads to', mechanisms.join(', ')),
    ...row('also', coCauses.join(', ')),
    ...unknown.flatMap(({ check, reason, remedy }, index) =>
      verbose || index === 0 ? row(index === 0 ? 'not known' : '', `${check}: ${reason}. ${remedy}`) : [],
    ),
    ...(!verbose && unknown.length > 1
      ? row('', `and ${unknown.length - 1} more question${unknown.length === 2 ? '' : 's'}`)
      : []),
    ...row('decided by', diagnosis.decidedBy ?? ''),
    ...row(
      'ruled out',
      verbose
        ? ruledOut.join(', ')
        : ruledOut.length > 0
          ? `${ruledOut.length} other cause${ruledOut.length === 1 ? '' : 's'}`
          : '',
    ),
    ...fix.flatMap(({ text, verify, ...step }, index) => [
      ...row(index === 0 ? 'fix' : '', text),
      ...cautionOf(step).flatMap((each) => row('', `${each.label}: ${each.text}`)),
      ...(verbose ? formsOf(step) : shortFormsOf(step)).flatMap(({ title, lines, kind }) => [
        ...row('', title),
        ...lines.flatMap((line) =>
          kind === 'command' ? [`${indent}${style.green(`$ ${line}`)}`] : shownAs(line, style),
        ),
      ]),
      ...undoOf(step).flatMap(({ words, command }) => [
        ...row('', words),
        ...(command === undefined ? [] : [`${indent}${style.dim(`$ ${command}`)}`]),
      ]),
      ...(verify === undefined || !verbose
        ? []
        : [`  ${style.dim('to verify'.padEnd(labelWidth))}${style.dim(`$ ${verify}`)}`]),
    ]),
  ].join('\n');
}

/** Where it is, and how bad; in two lines where one is too narrow. */
function headline({ groupHealth, severity, ...diagnosis }: Diagnosis, style: Style, width: number): string[] {
  const place = placeOf(diagnosis);
  const health = formatHealth(groupHealth);
  const mark = `${style.red('✗')} ${style.bold(place)}`;
  const state = `${health}  ${style.yellow(severity)}`;
  const isWide = place.length + health.length + severity.length + 6 > width;
  return isWide ? [mark, `  ${state}`] : [`${mark}  ${state}`];
}

/** A diagnosis, and the row of bars of its target group. */
export type Drawn = Diagnosis & { sparkline: GroupSummary['sparkline'] | undefined };

/** What CloudWatch counted before the run: a row of bars, and in words. */
const before = ({ measured, sparkline }: Drawn): string[] =>
  measured === undefined
    ? []
    : [...(sparkline === undefined ? [] : [textSparkline(sparkline)]), ...formatMeasured(measured)];

/** The lines of a manifest, deeper than the text around them. */
const shownAs = (text: string, { green }: Style): string[] =>
  text.split('\n').map((line) => `${indent}  ${green(line)}`);

const labelWidth = 12;
const indent = ' '.repeat(labelWidth + 2);

/** A labelled paragraph; nothing for an empty text. */
const rows =
  ({ dim }: Style, width: number) =>
  (label: string, text: string): string[] => {
    if (text === '') return [];
    const [first = '', ...rest] = wrap(text, width - indent.length, '');
    return [`  ${dim(label.padEnd(labelWidth))}${first}`, ...rest.map((line) => indent + line)];
  };
