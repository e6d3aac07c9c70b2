import { isNothingJudged } from '../../diagnosis/run-verdict.ts';
import { type Diagnosis, isWrong } from '../../model/diagnosis.ts';
import type { GroupSummary, Report } from '../../model/report.ts';
import { inert } from '../inert.ts';
import { findingLines } from '../text/finding-lines.ts';

/**
 * JUnit's XML as continuous integration reads it: a suite for each cluster, a case for each target group. A group with
 * a cause or without service fails, one that was not read is skipped, one with something to remark passes and says it. A report
 * that judged nothing fails.
 */
export function renderJunit(given: Report): string {
  const report = inert(given);
  const { groups, diagnoses, run } = report;
  const byGroup = Map.groupBy(diagnoses, ({ targetGroupArn }) => targetGroupArn);
  const suites = [...Map.groupBy(groups, ({ cluster }) => cluster)].map(([cluster, members]) => {
    const cases = members.map((group) => caseOf(group, byGroup.get(group.targetGroupArn) ?? []));
    const counts = countsOf(cases);
    const name = cluster ?? 'no cluster';
    return {
      counts,
      xml: `  <testsuite name="${xml(name)}" timestamp="${stamp(run.startedAt)}" ${counted(counts)}>\n${cases.map((each) => each.xml).join('')}  </testsuite>\n`,
    };
  });
  if (report.gate !== undefined) suites.push(gateSuite(report.gate, run));
  else if (isNothingJudged(report)) suites.push(nothingJudged(run));
  const all = suites.reduce((sum, { counts }) => add(sum, counts), { tests: 0, failures: 0, skipped: 0 });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="eks-nlb-auditor" ${counted(all)}>\n${suites.map((suite) => suite.xml).join('')}</testsuites>\n`;
}

/** The gate itself: a pipeline must not go on where it did not open, whatever is known of single target groups. */
function gateSuite({ opened, detail }: NonNullable<Report['gate']>, { startedAt }: Report['run']) {
  const counts = { tests: 1, failures: opened ? 0 : 1, skipped: 0 };
  const content = opened ? '' : `\n      <failure type="gate" message="${xml(detail)}"/>\n    `;
  return {
    counts,
    xml: `  <testsuite name="gate" timestamp="${stamp(startedAt)}" ${counted(counts)}>\n    <testcase classname="gate" name="Service takes traffic">${content}</testcase>\n  </testsuite>\n`,
  };
}

/** Continuous integration must not take a report that judged nothing for a success. */
function nothingJudged({ account, region, startedAt }: Report['run']) {
  const counts = { tests: 1, failures: 1, skipped: 0 };
  const message = `no target group was found in ${region} of account ${account || 'unknown'}, so that nothing was judged`;
  return {
    counts,
    xml: `  <testsuite name="coverage" timestamp="${stamp(startedAt)}" ${counted(counts)}>\n    <testcase classname="coverage" name="target groups">\n      <failure type="nothing-judged" message="${xml(message)}"/>\n    </testcase>\n  </testsuite>\n`,
  };
}

const stamp = (time: string): string => xml(time.replace(/(\.\d+)?Z$/, ''));

interface Case {
  outcome: 'passed' | 'failed' | 'skipped';
  xml: string;
}

interface Counts {
  tests: number;
  failures: number;
  skipped: number;
}

function caseOf(group: GroupSummary, diagnoses: Diagnosis[]): Case {
  const wrong = diagnoses.filter(isWrong);
  const remarks = diagnoses.filter((diagnosis) => !wrong.includes(diagnosis));
  const classname = group.service === null ? 'no owner' : `${group.cluster}.${group.namespace}.${group.service}`;
  const [first] = wrong;
  const isUnserved = first === undefined && group.served === 'unserved';
  const skipped = first === undefined && !isUnserved && (!group.read || group.served === 'unknown');
  const content = [
    // A case has one failure, by the schema of every reader; it tells all causes.
    first === undefined
      ? ''
      : `      <failure type="${xml(first.cause ?? 'unexplained')}" message="${xml(wrong.map(({ title }) => title).join('; '))}">${xml(wrong.map(paragraph).join('\n\n'))}</failure>\n`,
    isUnserved ? '      <failure type="unserved" message="a listener forwards to it and no target is healthy"/>\n' : '',
    skipped
      ? `      <skipped message="${group.read ? 'its listeners' : 'the health of its targets'} could not be read"/>\n`
      : '',
    remarks.length === 0 ? '' : `      <system-out>${xml(remarks.map(paragraph).join('\n\n'))}</system-out>\n`,
  ].join('');
  const head = `    <testcase classname="${xml(classname)}" name="${xml(group.name)}"`;
  return {
    outcome: first !== undefined || isUnserved ? 'failed' : skipped ? 'skipped' : 'passed',
    xml: content === '' ? `${head}/>\n` : `${head}>\n${content}    </testcase>\n`,
  };
}

const paragraph = (diagnosis: Diagnosis): string => findingLines(diagnosis).join('\n');

const countsOf = (cases: Case[]): Counts => ({
  tests: cases.length,
  failures: cases.filter(({ outcome }) => outcome === 'failed').length,
  skipped: cases.filter(({ outcome }) => outcome === 'skipped').length,
});

const add = (a: Counts, b: Counts): Counts => ({
  tests: a.tests + b.tests,
  failures: a.failures + b.failures,
  skipped: a.skipped + b.skipped,
});

const counted = ({ tests, failures, skipped }: Counts): string =>
  `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}"`;

/** Escaped; what XML 1.0 cannot write (section 2.2, "Char") is gone but for two characters. */
const xml = (text: string): string =>
  text.replace(/[\ufffe\uffff]/g, '\uFFFD').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
