import { changesSomething } from '../../core/diagnosis/fix/changes-something.ts';
import { type Diagnosis, isWrong } from '../../core/model/diagnosis.ts';
import type { Report } from '../../core/model/report.ts';
import { elapse } from '../../lab/elapse.ts';
import { settle } from '../../lab/settle.ts';
import { drained } from './drained.ts';
import { faultLeft, type Tried } from './fault-left.ts';
import { printedNow } from './printed-now.ts';
import type { Shell } from './shell.ts';

interface Verified extends Tried {
  shell: Shell;
  /** Of the step among those of the fix. */
  index: number;
}

/** Seconds for which the lines that verify wait: `nlb-auditor gate` by default, and `aws elbv2 wait` with its 40 looks. */
const longestWait = 600;

/** Runs the line that verifies, which looks once; where it waits, the time passes in the lab. Answers why it fails, if it does. */
export async function waitFor(verify: string, { shell, index, ...tried }: Verified): Promise<string | undefined> {
  if ((await shell.run(verify)).status === 0) return undefined;
  const { lab, before, diagnosis } = tried;
  await lab.apply(elapse(lab.world, longestWait));
  const fault = await faultLeft(tried);
  if (fault !== undefined) return `after ten minutes: ${fault}`;
  const waited = await shell.run(verify);
  if (waited.status === 0) return undefined;
  // The line speaks of the whole Service: what else is wrong there is fixed by its own steps.
  const [other] = othersAt(diagnosis, before)
    .flatMap(({ fix }) => fix)
    .flatMap(({ command = '' }) => (changesSomething(command) ? [command] : []));
  if (other === undefined) return `"${verify}" fails after the fix: ${waited.output.trim().slice(-300)}`;
  await shell.run(other);
  // Where that shows the same finding at another target group, the step is printed for it.
  const again = await printedNow(tried, index);
  if (again !== undefined) await shell.run(again);
  await lab.apply(settle(drained(lab.world), { reconcile: false }));
  const late = await shell.run(verify);
  return late.status === 0 ? undefined : `"${verify}" fails after the fix: ${late.output.trim().slice(-300)}`;
}

/** What else was wrong at the same Service. */
const othersAt = (
  { cluster, namespace, service, cause }: Diagnosis,
  { diagnoses }: Pick<Report, 'diagnoses'>,
): Diagnosis[] =>
  diagnoses.filter(
    (each) =>
      each.cluster === cluster &&
      each.namespace === namespace &&
      each.service === service &&
      each.cause !== cause &&
      isWrong(each),
  );
