import { inOrder, observationsInShort, observationsOf, placeOf } from '../../diagnosis/diagnoses.ts';
import { runVerdict } from '../../diagnosis/run-verdict.ts';
import {
  alarms,
  type Diagnosis,
  hasRecovered,
  leavesNoneHealthy,
  leavesZoneEmpty,
  wrongVerdicts,
} from '../../model/diagnosis.ts';
import type { Gap } from '../../model/gap.ts';
import type { Report } from '../../model/report.ts';
import { formatChanges } from '../changes-words.ts';
import { formatCost } from '../cost-words.ts';
import { inert } from '../inert.ts';
import { formatProbed } from '../probed-words.ts';
import { unreadItems } from '../unread-items.ts';
import { byCause, shorten } from './alike.ts';
import { clientsPathLine, openSteps } from './clients-path-line.ts';
import { findingBlock } from './finding-block.ts';
import { type Style, styles } from './style.ts';
import { summary } from './summary.ts';
import type { TextOptions } from './text-options.ts';
import { verdictLine } from './verdict-line.ts';
import { wrap } from './wrap.ts';

/** The report for a person at a terminal: what is wrong in short, each cause with its Services, worst first, then expected states, risks and what was not read. */
export function renderText(given: Report, options: TextOptions): string {
  const report = inert(given);
  const style = styles(options.color);
  const [expected, latent] = [inOrder(report.diagnoses, 'expected'), inOrder(report.diagnoses, 'latent')];
  const sparklines = new Map(report.groups.map(({ targetGroupArn, sparkline }) => [targetGroupArn, sparkline]));
  const sections = [
    header(report, style, options),
    summary(report.diagnoses, style, options),
    ...byCause(inOrder(report.diagnoses, ...wrongVerdicts)).flatMap((alike) => {
      const { inFull, rest } = shorten(alike, options);
      const blocks = inFull.map((each) =>
        findingBlock({ ...each, sparkline: sparklines.get(each.targetGroupArn) }, style, options),
      );
      return [...blocks, rest.join('\n')];
    }),
    list('Expected, but no target is healthy', expected.filter(leavesNoneHealthy), style, options),
    list('Expected, but a zone has no healthy target', expected.filter(leavesZoneEmpty), style, options),
    list(
      'Expected, no alarm',
      expected.filter((each) => !alarms(each)),
      style,
      options,
    ),
    list('Failed between two runs, healthy now', latent.filter(hasRecovered), style, options),
    list(
      'Healthy now, but at risk',
      latent.filter((each) => !hasRecovered(each)),
      style,
      options,
    ),
    unread(report.coverage.gaps, style, options),
    clients(report, style, options),
    verdict(report, style, options),
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

function list(title: string, diagnoses: Diagnosis[], { bold, dim }: Style, options: TextOptions): string {
  if (diagnoses.length === 0) return '';
  const { width, verbose } = options;
  const inFull = (diagnosis: Diagnosis): string[] => {
    const count = diagnosis.targets.length;
    const targets = count === 0 ? '' : `, ${count} target${count === 1 ? '' : 's'}`;
    const place = `  ${placeOf(diagnosis)}${targets}`;
    const cause = diagnosis.cause ?? '';
    const observations = verbose ? observationsOf(diagnosis) : observationsInShort(diagnosis);
    const changes = diagnosis.changes === undefined ? [] : formatChanges(diagnosis.changes);
    const shown = [...(verbose ? observations : observations.slice(0, 2)), ...changes];
    return [
      ...(place.length + cause.length + 2 <= width ? [`${place}  ${dim(cause)}`] : [place, `    ${dim(cause)}`]),
      ...shown.flatMap((saw) => wrap(saw, width - 4, '    ').map(dim)),
    ];
  };
  const lines = byCause(diagnoses).flatMap((alike) => {
    const { inFull: first, rest } = shorten(alike, options);
    return [...first.flatMap(inFull), ...rest.map(dim)];
  });
  return [bold(title), ...lines].join('\n');
}

function unread(gaps: Gap[], { bold, yellow, dim }: Style, { width }: TextOptions): string {
  if (gaps.length === 0) return '';
  const lines = unreadItems(gaps).flatMap(({ reason, what, detail }) => [
    ...wrap(`${reason} ${what}`, width - 2, '  ').map((line) => line.replace(reason, yellow(reason))),
    ...wrap(detail, width - 4, '    ').map(dim),
  ]);
  return [bold('Not read, so not judged'), ...lines].join('\n');
}

/** What of the path of clients was evaluated: one line, in detail where it is asked for. */
function clients(report: Report, { dim }: Style, { width, verbose }: TextOptions): string {
  const line = clientsPathLine(report);
  if (line === '') return '';
  const details = verbose ? openSteps(report) : [];
  return [...wrap(line, width, ''), ...details.flatMap((each) => wrap(each, width - 2, '  '))].map(dim).join('\n');
}

function verdict(report: Report, { red, green, yellow }: Style, { width }: TextOptions): string {
  const paint = { wrong: red, unread: yellow, well: green }[runVerdict(report)];
  return wrap(verdictLine(report), width, '').map(paint).join('\n');
}
