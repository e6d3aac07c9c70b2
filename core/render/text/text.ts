import { inOrder, observationsOf, placeOf } from '../../diagnosis/diagnoses.ts';
import { runVerdict } from '../../diagnosis/run-verdict.ts';
import { alarms, type Diagnosis, leavesNoneHealthy, leavesZoneEmpty, wrongVerdicts } from '../../model/diagnosis.ts';
import type { Gap } from '../../model/gap.ts';
import type { GroupSummary, Report } from '../../model/report.ts';
import { formatChanges } from '../changes-words.ts';
import { formatCost } from '../cost-words.ts';
import { formatDifference } from '../difference-words.ts';
import { cautionOf, formsOf, shortFormsOf, undoOf } from '../fix-words.ts';
import { inert } from '../inert.ts';
import { formatMeasured, textSparkline } from '../measured-words.ts';
import { formatProbed } from '../probed-words.ts';
import { unreadItems } from '../unread-items.ts';
import { clientsPathLine, openSteps } from './clients-path-line.ts';
import { type Style, styles } from './style.ts';
import { table } from './table.ts';
import { verdictLine } from './verdict-line.ts';
import { wrap } from './wrap.ts';

export interface TextOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Shows every line of evidence and the list of causes that were ruled out. */
  verbose: boolean;
}

/** The report for a person at a terminal: causes first, worst first, then expected states, risks and what was not read. */
export function renderText(given: Report, options: TextOptions): string {
  const report = inert(given);
  const style = styles(options.color);
  const expected = inOrder(report.diagnoses, 'expected');
  const sparklines = new Map(report.groups.map(({ targetGroupArn, sparkline }) => [targetGroupArn, sparkline]));
  const sections = [
    header(report, style, options),
    ...inOrder(report.diagnoses, ...wrongVerdicts).map((each) =>
      block({ ...each, sparkline: sparklines.get(each.targetGroupArn) }, style, options),
    ),
    list('Expected, but no target is healthy', expected.filter(leavesNoneHealthy), style, options),
    list('Expected, but a zone has no healthy target', expected.filter(leavesZoneEmpty), style, options),
    list(
      'Expected, no alarm',
      expected.filter((each) => !alarms(each)),
      style,
      options,
    ),
    list('Healthy now, but at risk', inOrder(report.diagnoses, 'latent'), style, options),
    unread(report.coverage.gaps, style, options),
    overview(report.diagnoses, style, options),
    clients(report, style, options),
    verdict(report, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function header({ run, coverage }: Report, { bold, dim }: Style, { width }: TextOptions): string {
  const { clusters, targetGroups, targets } = coverage;
  const calls = Object.values(run.apiCalls).reduce((sum, count) => sum + count, 0);
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  const read = `${clusters.audited} of ${clusters.seen} clusters, ${targetGroups.read} of ${targetGroups.seen} target groups, ${targets.seen} targets, ${formatProbed(targets)}`;
  const cost = `${calls} calls in ${seconds.toFixed(1)} s${run.cost === undefined ? '' : `, ${formatCost(run.cost)}`}`;
  return [
    bold(`${run.account} ${run.region}`) + dim(`  ${run.startedAt}`),
    ...(read.length + cost.length + 2 <= width ? [`${read}  ${dim(cost)}`] : [...wrap(read, width, ''), dim(cost)]),
  ].join('\n');
}

function block(diagnosis: Drawn, style: Style, { width, verbose }: TextOptions): string {
  const { groupHealth, evidence, mechanisms, coCauses, unknown, ruledOut, fix } = diagnosis;
  const changed = diagnosis.changedSinceHealthy ?? [];
  const observations = observationsOf(diagnosis);
  const shown = verbose ? observations : observations.slice(0, 3);
  const row = rows(style, width);
  const name = `${diagnosis.cause ?? 'unexplained'}, ${diagnosis.confidence}`;
  return [
    `${style.red('✗')} ${style.bold(placeOf(diagnosis))}  ${groupHealth.healthy} of ${groupHealth.total} targets healthy  ${style.yellow(diagnosis.severity)}`,
    ...wrap(diagnosis.title, width - 2, '  '),
    `  ${style.cyan(name)}`,
    ...row('targets', diagnosis.targets.map(({ id, port }) => `${id}:${port}`).join(', ')),
    ...shown.flatMap((saw, index) => row(index === 0 ? 'saw' : '', saw)),
    ...(observations.length > shown.length ? row('', `and ${observations.length - shown.length} more`) : []),
    ...row('expected', evidence[0]?.expected ?? ''),
    ...before(diagnosis).flatMap((line, index) => row(index === 0 ? 'before' : '', line)),
    ...changed.flatMap((difference, index) =>
      verbose || index < 3 ? row(index === 0 ? 'changed' : '', formatDifference(difference)) : [],
    ),
    ...(!verbose && changed.length > 3 ? row('', `and ${changed.length - 3} more since it was healthy`) : []),
    ...(diagnosis.changes === undefined ? [] : formatChanges(diagnosis.changes)).flatMap((line, index) =>
      row(index === 0 ? 'changes' : '', line),
    ),
    ...row('leads to', mechanisms.join(', ')),
    ...row('also', coCauses.join(', ')),
    ...unknown.flatMap(({ check, reason, remedy }, index) =>
      verbose || index === 0 ? row(index === 0 ? 'not known' : '', `${check}: ${reason}. ${remedy}`) : [],
    ),
    ...(!verbose && unknown.length > 1 ? row('', `and ${unknown.length - 1} more questions`) : []),
    ...row('decided by', diagnosis.decidedBy ?? ''),
    ...row('ruled out', verbose ? ruledOut.join(', ') : ruledOut.length > 0 ? `${ruledOut.length} other causes` : ''),
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

/** A diagnosis, and the row of bars of its target group. */
type Drawn = Diagnosis & { sparkline: GroupSummary['sparkline'] | undefined };

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

function list(title: string, diagnoses: Diagnosis[], { bold, dim }: Style, { width, verbose }: TextOptions): string {
  if (diagnoses.length === 0) return '';
  const lines = diagnoses.flatMap((diagnosis) => {
    const count = diagnosis.targets.length;
    const targets = count === 0 ? '' : `, ${count} target${count === 1 ? '' : 's'}`;
    const observations = observationsOf(diagnosis);
    const shown = verbose ? observations : observations.slice(0, 2);
    return [
      `  ${placeOf(diagnosis)}${targets}  ${dim(diagnosis.cause ?? '')}`,
      ...shown.flatMap((saw) => wrap(saw, width - 4, '    ').map(dim)),
    ];
  });
  return [bold(title), ...lines].join('\n');
}

function unread(gaps: Gap[], { bold, yellow, dim }: Style, { width }: TextOptions): string {
  if (gaps.length === 0) return '';
  const lines = unreadItems(gaps).flatMap(({ reason, what, detail }) => [
    `  ${yellow(reason)} ${what}`,
    ...wrap(detail, width - 4, '    ').map(dim),
  ]);
  return [bold('Not read, so not judged'), ...lines].join('\n');
}

/** From so many causes on a table says what is where. */
const enoughForTable = 4;

function overview(diagnoses: Diagnosis[], style: Style, { width }: TextOptions): string {
  const wrong = inOrder(diagnoses, ...wrongVerdicts);
  if (wrong.length < enoughForTable) return '';
  const rowsOfTable = wrong.map((each) => [
    placeOf(each),
    `${each.groupHealth.healthy}/${each.groupHealth.total}`,
    each.severity,
    each.cause ?? 'unexplained',
  ]);
  return [style.bold('In short'), ...table(rowsOfTable, width - 4).map((line) => `  ${style.red('✗')} ${line}`)].join(
    '\n',
  );
}

/** What of the path of clients was evaluated: one line, in detail where it is asked for. */
function clients(report: Report, { dim }: Style, { width, verbose }: TextOptions): string {
  const line = clientsPathLine(report);
  if (line === '') return '';
  const details = verbose ? openSteps(report) : [];
  return [...wrap(line, width, ''), ...details.flatMap((each) => wrap(each, width, '  '))].map(dim).join('\n');
}

function verdict(report: Report, { red, green, yellow }: Style): string {
  const line = verdictLine(report);
  const paint = { wrong: red, unread: yellow, well: green }[runVerdict(report)];
  return paint(line);
}
