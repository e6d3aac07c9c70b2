import { changesSomething } from '../../core/diagnosis/fix/changes-something.ts';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import type { Fix } from '../../core/model/fix.ts';
import type { Report } from '../../core/model/report.ts';
import type { Lab } from '../../lab/lab.ts';
import { nameOfScenario, type Scenario } from '../../lab/scenario.ts';
import { settle } from '../../lab/settle.ts';
import { startLab } from '../../lab/start.ts';
import type { World } from '../../lab/world/world.ts';
import { auditLab } from './audit-lab.ts';
import { drained } from './drained.ts';
import { faultLeft } from './fault-left.ts';
import type { Outcome } from './outcome.ts';
import { printedNow } from './printed-now.ts';
import { openShell, type Shell } from './shell.ts';
import { waitFor } from './wait-for.ts';

const thisSecond = (): string => new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();

/** Runs every printed step of a scenario's fixes that changes something, each in the world as the fault left it. */
export async function healScenario(
  scenario: Scenario,
  { program, network }: { program: string; network: string },
): Promise<Outcome[]> {
  const broken = scenario.build({ now: thisSecond(), network });
  const lab = await startLab(broken, { clock: thisSecond });
  const shell = await openShell(lab, program);
  try {
    const before = await auditLab(lab);
    const outcomes: Outcome[] = [];
    const early = new Map<string, number>();
    for (const diagnosis of before.diagnoses) {
      for (const index of diagnosis.fix.keys()) {
        const outcome = await tryStep({ scenario, lab, shell, broken, before, early, diagnosis, index });
        if (outcome !== undefined) outcomes.push(outcome);
      }
    }
    return outcomes;
  } finally {
    await shell.close();
    await lab.close();
  }
}

/** Printed commands that one step is run with. */
const mostRounds = 8;

interface Attempt {
  scenario: Scenario;
  lab: Lab;
  shell: Shell;
  broken: World;
  before: Report;
  /** Exit codes of the lines that verify, in the world as the fault left it. */
  early: Map<string, number>;
  diagnosis: Diagnosis;
  index: number;
}

async function tryStep(attempt: Attempt): Promise<Outcome | undefined> {
  const { scenario, diagnosis, index } = attempt;
  const command = diagnosis.fix[index]?.command;
  if (command === undefined || !changesSomething(command)) return undefined;
  const outcome = {
    scenario: nameOfScenario(scenario),
    cause: diagnosis.cause ?? 'unexplained',
    step: index + 1,
    command,
  };
  const why = whyElsewhere(command, scenario);
  if (why !== undefined) return { ...outcome, result: 'elsewhere', why };
  const later = rest(diagnosis.fix.slice(index));
  if (later.length > 0) {
    const whole = [command, ...later];
    const last = diagnosis.fix.findIndex(({ command: each }) => each === whole.at(-1));
    return { ...outcome, ...(await runSteps({ ...attempt, index: last }, whole)), withLater: true };
  }
  const alone = await runSteps(attempt, [command]);
  const earlier = diagnosis.fix
    .slice(0, index)
    .flatMap((step) => step.command ?? [])
    .filter((each) => changesSomething(each) && whyElsewhere(each, scenario) === undefined);
  if (alone.result === 'healed' || earlier.length === 0) return { ...outcome, ...alone };
  const together = await runSteps(attempt, [...earlier, command]);
  return together.result === 'healed' ? { ...outcome, ...together, withEarlier: true } : { ...outcome, ...alone };
}

/** The commands that belong to the first of these steps: what takes effect only with the next one has no line that verifies. */
function rest(steps: Fix[]): string[] {
  const [first, ...others] = steps.filter(({ command = '' }) => changesSomething(command));
  if (first === undefined || first.verify !== undefined) return [];
  const last = others.findIndex(({ verify }) => verify !== undefined);
  return others.slice(0, last + 1).flatMap(({ command }) => command ?? []);
}

/** Why nothing here can run the command or show what comes of it. */
function whyElsewhere(command: string, { fixedElsewhere, edits }: Scenario): string | undefined {
  if (/\bhelm /.test(command)) return 'Helm takes the chart from a repository on the Internet';
  if (/--kustomize "?github/.test(command)) return 'kubectl takes the manifests from GitHub';
  if (/ edit /.test(command) && editFor(command, edits) === undefined) return 'a person edits the object';
  if (/<[a-zA-Z][^>]*>/.test(command)) return 'a person puts a value in';
  if (/service-quotas /.test(command)) return 'AWS decides about quotas';
  return Object.entries(fixedElsewhere ?? {}).find(([part]) => command.includes(part))?.[1];
}

/** What a person does in the editor that a command opens. */
const editFor = (command: string, edits: Scenario['edits']): string | undefined =>
  Object.entries(edits ?? {}).find(([part]) => command.includes(part))?.[1];

/** Runs the commands in the world as the fault left it, and compares what is found, who is healthy and who is served afterwards. */
async function runSteps(
  { scenario, lab, shell, broken, before, early, diagnosis, index }: Attempt,
  commands: string[],
): Promise<Pick<Outcome, 'result' | 'why' | 'times'>> {
  const { verify } = diagnosis.fix[index] ?? {};
  await lab.apply(structuredClone(broken));
  if (verify !== undefined && !early.has(verify)) early.set(verify, (await shell.run(verify)).status);
  if (verify !== undefined && early.get(verify) === 0)
    return { result: 'failed', why: `"${verify}" succeeds before the fix` };
  const left = [...commands];
  const ran = new Set<string>();
  for (let command = left.shift(); command !== undefined; command = left.shift()) {
    ran.add(command);
    const { status, output } = await shell.run(command, editFor(command, scenario.edits));
    // One target, pod or subnet after the other: what the next audit prints is run as well.
    const next =
      left.length > 0 || status !== 0 || ran.size >= mostRounds
        ? undefined
        : await printedNow({ lab, diagnosis }, index);
    if (next !== undefined && !ran.has(next)) left.push(next);
    if (status !== 0) return { result: 'failed', why: `exit ${status}: ${output.trim().slice(-300)}` };
  }
  await lab.apply(settle(drained(lab.world), { reconcile: false }));
  const fault = await faultLeft({ lab, before, diagnosis });
  if (fault !== undefined) return { result: 'failed', why: fault };
  const doubt = verify === undefined ? undefined : await waitFor(verify, { lab, shell, before, diagnosis, index });
  if (doubt !== undefined) return { result: 'failed', why: doubt };
  await lab.apply(settle(drained(settle(lab.world)), { reconcile: false }));
  const taken = await faultLeft({ lab, before, diagnosis });
  const times = ran.size - commands.length + 1;
  return taken === undefined ? { result: 'healed', ...(times > 1 && { times }) } : { result: 'reverted', why: taken };
}
