import { observationsOf } from '../../diagnosis/diagnoses.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import { formatChanges } from '../changes-words.ts';
import { formatDifference } from '../difference-words.ts';
import { cautionOf, formsOf, undoOf } from '../fix-words.ts';
import { formatHealth } from '../health-words.ts';
import { formatMeasured } from '../measured-words.ts';

/** A diagnosis as plain lines, for forms that know paragraphs but no structure. */
export function findingLines(diagnosis: Diagnosis): string[] {
  const { title, cause, confidence, groupHealth, targets, evidence, mechanisms, coCauses, unknown, decidedBy, fix } =
    diagnosis;
  const line = (label: string, text: string | null | undefined): string[] =>
    text === null || text === undefined || text === '' ? [] : [`${label}: ${text}`];
  return [
    `${title} (${cause ?? 'unexplained'}, ${confidence})`,
    formatHealth(groupHealth),
    ...line('Targets', targets.map(({ id, port, state }) => `${id}:${port} ${state}`).join(', ')),
    ...observationsOf(diagnosis).flatMap((saw) => line('Saw', saw)),
    ...line('Expected', evidence[0]?.expected),
    ...(diagnosis.measured === undefined ? [] : formatMeasured(diagnosis.measured)).flatMap((each) =>
      line('Before', each),
    ),
    ...(diagnosis.changes === undefined ? [] : formatChanges(diagnosis.changes)).flatMap((each) =>
      line('Changes', each),
    ),
    ...(diagnosis.changedSinceHealthy ?? []).flatMap((each) =>
      line('Changed since it was healthy', formatDifference(each)),
    ),
    ...line('Leads to', mechanisms.join(', ')),
    ...line('Also broken', coCauses.join(', ')),
    ...unknown.flatMap(({ check, reason, remedy }) => line('Not known', `${check}: ${reason}. ${remedy}`)),
    ...line('Would settle it', decidedBy),
    ...fix.flatMap(({ text, verify, ...step }) => [
      ...line('Fix', text),
      ...cautionOf(step).flatMap((each) => line(each.label, each.text)),
      ...formsOf(step).flatMap(({ title, lines, kind }) => [
        ...(title === '' ? [] : [title]),
        ...lines.flatMap((each) =>
          kind === 'command' ? [`  $ ${each}`] : each.split('\n').map((part) => `    ${part}`),
        ),
      ]),
      ...undoOf(step).flatMap(({ words, command }) => [words, ...(command === undefined ? [] : [`  $ ${command}`])]),
      ...line('To verify', verify),
    ]),
  ];
}
