import { exitCodeOf } from '../../bin/exit.ts';
import { assess } from '../../core/diagnosis/assess.ts';
import { filterReport } from '../../core/diagnosis/filter-report.ts';
import { afterChanges, compare } from '../../core/lifecycle/reconcile-findings.ts';
import { gateState } from '../../core/lifecycle/rollout-gate.ts';
import { summarize } from '../../core/lifecycle/run-summary.ts';
import { changesSince } from '../../core/lifecycle/since.ts';
import { withHistory } from '../../core/lifecycle/timeline.ts';
import type { Observation } from '../../core/model/observation.ts';
import type { Report } from '../../core/model/report.ts';
import { emptyMemory } from '../../core/notification/memory.ts';
import { reconcileState } from '../../core/notification/reconcile-state.ts';
import { renderHtml } from '../../core/render/html/page.ts';
import { renderJunit } from '../../core/render/machine/junit.ts';
import { renderMarkdown } from '../../core/render/text/markdown.ts';
import { renderText } from '../../core/render/text/text.ts';
import { emitRunMetrics } from '../../io/metrics.ts';
import { diagnosisOf } from '../core/sample-report.ts';
import { defaultRules } from '../io/store/audit-once.ts';

const wellClaim = /(?:^|\n|>|# )(?:Nothing wrong|No target group)(?! in what could be read)/;

/** The outputs that say that all is well, or that a finding at this target group is over, by name. */
export function claimsAbout(targetGroupArn: string, observation: Observation): string[] {
  return claimsAboutEach(observation)(targetGroupArn);
}

/** The same for one target group after another, of which what is said of the whole run is worked out once. */
export function claimsAboutEach(observation: Observation): (targetGroupArn: string) => string[] {
  const { report } = assess(observation);
  const ofRun = claimsOf(report);
  const ofGroups = new Map<string, string[]>();
  return (targetGroupArn) => {
    const ofGroup = ofGroups.get(targetGroupArn) ?? claimsOfGroup(targetGroupArn, report);
    ofGroups.set(targetGroupArn, ofGroup);
    return [...ofRun, ...ofGroup];
  };
}

/** The outputs that say of the whole run that nothing is wrong. */
export function claimsOf(report: Report): string[] {
  const text = renderText(report, { width: 120, color: false, verbose: false });
  const counts = /<testsuites [^>]*failures="(\d+)"[^>]*skipped="(\d+)"/.exec(renderJunit(report));
  const outputs: [string, boolean][] = [
    ['exit code', exitCodeOf(report) === 0],
    ['text', wellClaim.test(text)],
    ['markdown', wellClaim.test(renderMarkdown(report))],
    ['html', renderHtml(report).includes('<header class="good">')],
    ['junit', counts?.[1] === '0' && counts[2] === '0'],
    ['metrics', areQuiet(metricsOf(report))],
  ];
  return outputs.flatMap(([name, holds]) => (holds ? name : []));
}

function claimsOfGroup(targetGroupArn: string, report: Report): string[] {
  const group = report.groups.find((each) => each.targetGroupArn === targetGroupArn);
  const { cluster = null, namespace = null, service = null } = group ?? {};
  const isOpen = namespace !== null && service !== null;
  // A cause of an earlier run that this one sees no more, of a check that gave an answer.
  const fingerprint = 'an/earlier/cause/target-draining';
  const before = diagnosisOf({
    fingerprint,
    cause: 'target-draining',
    verdict: 'unhealthy',
    cluster,
    namespace,
    service,
    targetGroupArn,
  });
  const earlier: Report = {
    ...report,
    run: {
      ...report.run,
      id: 'earlier',
      finishedAt: new Date(Date.parse(report.run.finishedAt) - 600_000).toISOString(),
    },
    diagnoses: [before],
  };
  const remembered = afterChanges([], compare([], earlier, earlier.run.finishedAt));
  const isOver = (transitions: readonly { fingerprint?: string; transition: string }[]): boolean =>
    transitions.some((each) => each.transition === 'resolved' && each.fingerprint === fingerprint);
  const watched = changesSince(earlier, report).some(({ kind }) => kind === 'resolved');
  const examined = withHistory(report, [earlier]).history?.[fingerprint]?.some(
    ({ transition }) => transition === 'resolved',
  );
  const gate = isOpen ? gateState(report, { namespace, service }) : undefined;
  // What `nlb-auditor gate` prints is the part of the report that is about the Service.
  const part = gate && {
    ...filterReport(report, { namespaces: [namespace ?? ''], services: [service ?? ''] }),
    gate: { opened: gate.state === 'healthy', detail: gate.detail },
  };
  const printed = part === undefined ? [] : claimsOf(part);
  const outputs: [string, boolean][] = [
    ['gate', gate?.state === 'healthy'],
    ...printedByGate.map((name): [string, boolean] => [`gate as ${name}`, printed.includes(name)]),
    ['store', isOver(compare(remembered, report, report.run.finishedAt))],
    ['messages', isOver(messagesAfter(earlier, report))],
    ['watch', watched],
    ['examine', examined === true],
  ];
  return outputs.flatMap(([name, holds]) => (holds ? name : []));
}

/** The outputs in which a pipeline keeps what the gate found. */
const printedByGate = ['text', 'markdown', 'html', 'junit'];

/** What people are notified of by a run after another one, about single incidents: the first run has its summary behind it. */
function messagesAfter(earlier: Report, report: Report): { fingerprint: string; transition: string }[] {
  const at = earlier.run.finishedAt;
  const board = { key: '', revision: 0, covers: [], digestedAt: at, openThen: 0, lastRun: 'before' };
  const { memory, announcements } = reconcileState({ ...emptyMemory(), board }, earlier, defaultRules);
  const opened = announcements.incidents.find(({ message }) => message?.transition === 'opened');
  if (opened === undefined) throw new Error('nothing was notified that could be over');
  const fingerprint = earlier.diagnoses[0]?.fingerprint ?? '';
  return reconcileState(memory, report, defaultRules).announcements.incidents.flatMap(({ incident, message }) =>
    message !== null && incident.key === opened.incident.key ? [{ fingerprint, transition: message.transition }] : [],
  );
}

/** True where no alarm of the deployment would look at these metrics. */
const areQuiet = (metrics: Record<string, number>): boolean =>
  ['RunIncomplete', 'Unhealthy', 'Unserved', 'ClientsBlocked', 'Unexplained'].every((name) => metrics[name] === 0);

function metricsOf(report: Report): Record<string, number> {
  const { write } = process.stdout;
  let line = '';
  process.stdout.write = ((text: string) => {
    line += text;
    return true;
  }) as typeof write;
  try {
    emitRunMetrics({ Deployment: 'test' }, summarize(report, []), 0);
  } finally {
    process.stdout.write = write;
  }
  return JSON.parse(line) as Record<string, number>;
}
