import { inOrder, observationsInShort, placeOf } from '../../diagnosis/diagnoses.ts';
import {
  alarms,
  type Diagnosis,
  hasRecovered,
  leavesNoneHealthy,
  leavesZoneEmpty,
  wrongVerdicts,
} from '../../model/diagnosis.ts';
import type { Report } from '../../model/report.ts';
import { formatChanges } from '../changes-words.ts';
import { formatCost } from '../cost-words.ts';
import { formatDifference } from '../difference-words.ts';
import { cautionOf, formsOf, undoOf } from '../fix-words.ts';
import { formatHealth } from '../health-words.ts';
import { inert } from '../inert.ts';
import { formatMeasured } from '../measured-words.ts';
import { formatProbed } from '../probed-words.ts';
import { unreadItems } from '../unread-items.ts';
import { clientsPathLine } from './clients-path-line.ts';
import { verdictLine } from './verdict-line.ts';

/** The report for pull requests, issues and job summaries (GitHub Flavored Markdown); text from the account stays text. */
export function renderMarkdown(given: Report): string {
  const report = inert(given);
  const { run, coverage, diagnoses } = report;
  const wrong = inOrder(diagnoses, ...wrongVerdicts);
  const [expected, latent] = [inOrder(diagnoses, 'expected'), inOrder(diagnoses, 'latent')];
  return `${[
    `## ${text(verdictLine(report))}`,
    `${text(run.account)} ${text(run.region)}, ${text(run.finishedAt)}: ${coverage.clusters.audited} of ${coverage.clusters.seen} clusters, ${coverage.targetGroups.read} of ${coverage.targetGroups.seen} target groups, ${coverage.targets.seen} targets, ${formatProbed(coverage.targets)}${run.cost === undefined ? '' : `; ${formatCost(run.cost)}`}.`,
    table(wrong),
    ...wrong.map(block),
    list('Expected, but no target is healthy', expected.filter(leavesNoneHealthy)),
    list('Expected, but a zone has no healthy target', expected.filter(leavesZoneEmpty)),
    list(
      'Expected, no alarm',
      expected.filter((each) => !alarms(each)),
    ),
    list('Failed between two runs, healthy now', latent.filter(hasRecovered)),
    list(
      'Healthy now, but at risk',
      latent.filter((each) => !hasRecovered(each)),
    ),
    unread(report),
    text(clientsPathLine(report)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function table(diagnoses: Diagnosis[]): string {
  if (diagnoses.length < 2) return '';
  const rows = diagnoses.map(
    (each) =>
      `| ${text(placeOf(each))} | ${each.groupHealth.healthy} of ${each.groupHealth.total} | ${text(each.title)} | ${each.confidence} |`,
  );
  return ['| Service | healthy | cause | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function block(diagnosis: Diagnosis): string {
  const { cause, confidence, severity, groupHealth, evidence, coCauses, unknown, decidedBy, fix } = diagnosis;
  const observations = observationsInShort(diagnosis);
  return [
    `### ${text(placeOf(diagnosis))}: ${text(diagnosis.title)}`,
    `\`${cause ?? 'unexplained'}\`, ${confidence}, ${severity}; ${formatHealth(groupHealth)}.`,
    [
      ...targetsLine(diagnosis),
      ...observations.slice(0, 5).map((saw) => `- ${text(saw)}`),
      ...(observations.length > 5 ? [`- and ${observations.length - 5} more`] : []),
      ...(evidence[0] === undefined ? [] : [`- Expected: ${text(evidence[0].expected)}`]),
      ...(diagnosis.measured === undefined ? [] : formatMeasured(diagnosis.measured)).map(
        (each) => `- Before: ${text(each)}`,
      ),
      ...(diagnosis.changes === undefined ? [] : formatChanges(diagnosis.changes)).map(
        (each) => `- Changes: ${text(each)}`,
      ),
      ...(diagnosis.changedSinceHealthy ?? [])
        .slice(0, 5)
        .map((each) => `- Changed since it was last healthy: ${text(formatDifference(each))}`),
      ...(coCauses.length === 0 ? [] : [`- Also broken: ${coCauses.map((id) => `\`${id}\``).join(', ')}`]),
      ...unknown
        .slice(0, 1)
        .map(({ check, reason, remedy }) => `- Not known: \`${check}\`, ${text(`${reason}. ${remedy}`)}`),
      ...(decidedBy === null ? [] : [`- Would settle it: ${text(decidedBy)}`]),
    ].join('\n'),
    ...fix.flatMap(({ text: sentence, verify, ...step }) => [
      text(sentence),
      ...cautionOf(step).map((each) => `**${each.label}:** ${text(each.text)}`),
      ...formsOf(step).flatMap(({ title, lines, kind }) => [
        ...(title === '' ? [] : [text(title)]),
        ...lines.map((line) => fenced(line, kind === 'command' ? 'sh' : (step.manifest?.language ?? 'yaml'))),
      ]),
      ...undoOf(step).flatMap(({ words, command }) => [
        text(words),
        ...(command === undefined ? [] : [fenced(command)]),
      ]),
      ...(verify === undefined ? [] : [`To see that it worked:\n\n${fenced(verify)}`]),
    ]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const mostTargets = 10;

/** The targets, in code: they are copied. */
function targetsLine({ targets }: Diagnosis): string[] {
  if (targets.length === 0) return [];
  const shown = targets.slice(0, mostTargets).map(({ id, port }) => code(`${id}:${port}`));
  const rest = targets.length > mostTargets ? ` and ${targets.length - mostTargets} more` : '';
  return [`- Targets: ${shown.join(', ')}${rest}`];
}

function list(title: string, diagnoses: Diagnosis[]): string {
  if (diagnoses.length === 0) return '';
  const items = diagnoses.map((each) => {
    const zones = each.emptyZones === undefined ? '' : `: ${text(each.emptyZones.join(', '))}`;
    return `- ${text(placeOf(each))}: ${text(each.title)}${zones} (\`${each.cause ?? ''}\`)`;
  });
  return [`### ${title}`, '', ...items].join('\n');
}

function unread({ coverage: { gaps } }: Report): string {
  if (gaps.length === 0) return '';
  const items = unreadItems(gaps).map(({ reason, what, detail }) => `- ${reason} ${text(what)}: ${text(detail)}`);
  return ['### Not read, so not judged', '', ...items].join('\n');
}

/** A fence longer than any run of backticks inside. */
function fenced(command: string, language = 'sh'): string {
  const longest = Math.max(2, ...[...command.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${command}\n${fence}`;
}

/** One line in which nothing is markup, a link, a mention or HTML. Addresses of the web stand in code, where no reader makes a link of them and a copy of them works. */
const text = (value: string): string =>
  value
    .replace(/\s+/g, ' ')
    .split(webAddress)
    .map((part, index) => (index % 2 === 1 ? code(part) : plain(part)))
    .join('');

const webAddress = /((?:\b(?:https?|ftp):\/\/|\bwww\.)[^\s`<>"'|\\]+[^\s`<>"'|\\.,;:!?)])/gi;

/** A code span; it has neither backticks nor, for tables, a vertical bar. */
const code = (value: string): string => `\`${value.replace(/[`|\s]/g, ' ')}\``;

const plain = (value: string): string =>
  value
    .replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/^([-=]|\d+(?=\.))/, '$1&#8203;')
    .replaceAll('@', '@&#8203;')
    // What is left of an address that no code span could take.
    .replace(/\b(https?|ftp|www)(:\/\/|\.)/gi, '$1&#8203;$2');
