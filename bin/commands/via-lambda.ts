import { UserError } from '../../config/user-error.ts';
import { type AuditorAnswer, invokeAuditor } from '../../io/aws/invoke-auditor.ts';
import { exit, exitCodeOf, exitCodes } from '../exit.ts';
import { filtered } from '../filtered.ts';
import { print } from '../print.ts';
import { showProgress } from '../progress.ts';
import { say } from '../say.ts';
import { sayStructured } from '../structured.ts';
import type { AuditOptions } from './audit.ts';

export interface ViaLambdaOptions extends AuditOptions {
  viaLambda: string;
}

/** Has the deployed auditor look from inside of the VPC, and prints its report, or the run in numbers where it kept none. */
export async function auditViaLambda(options: ViaLambdaOptions): Promise<void> {
  const { viaLambda, cluster, region, profile } = options;
  const nothing = { apiCalls: {}, throttles: 0, waitedMs: 0 };
  const progress = showProgress({ usage: () => nothing, tally: { planned: 0, answered: 0 } });
  progress.step(`${viaLambda} is auditing`);
  const { answer, report } = await invokeAuditor({
    function: viaLambda,
    ...(cluster && { clusters: cluster }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  }).finally(progress.end);

  if (report !== undefined) {
    const chosen = filtered(report, options);
    print(chosen, options);
    process.exitCode = exitCodeOf(chosen);
    return;
  }
  refuseReport(options);
  if (options.output === 'json' || options.output === 'yaml') sayStructured(answer, options.output);
  else say(inNumbers(answer));
  process.exitCode = exitCodeOfAnswer(answer);
}

/** What needs the report can't be had of numbers. */
function refuseReport({ viaLambda, output, out, namespace, service, severity }: ViaLambdaOptions): void {
  const isPart = namespace !== undefined || service !== undefined || severity !== undefined;
  if (!isPart && out === undefined && ['text', 'json', 'yaml'].includes(output)) return;
  throw new UserError(
    `${viaLambda} answers in numbers only: it has no report bucket. Leave out filters and other forms, or configure a report bucket and deploy.`,
  );
}

function inNumbers({
  runId,
  complete,
  diagnoses,
  apiCalls,
  throttles,
  gaps,
  startedAt,
  finishedAt,
}: AuditorAnswer): string {
  const seconds = ((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1);
  return [
    `run ${runId}: ${apiCalls} calls in ${seconds} s, throttled ${throttles} times`,
    `${diagnoses.unhealthy} causes, ${diagnoses.unserved} that shut clients out, ${diagnoses.unexplained} unexplained, ${diagnoses.latent} at risk, ${diagnoses.expected} expected`,
    complete ? 'everything could be read' : `${gaps} reads were refused; the log of the function names them`,
    'The function has no report bucket, so that its causes are in its table and its messages only.',
  ].join('\n');
}

/** A function of an earlier release knows no verdict. */
function exitCodeOfAnswer({ diagnoses, complete, verdict }: AuditorAnswer): number {
  if (verdict !== undefined) return exitCodes[verdict];
  if (diagnoses.unhealthy + diagnoses.unexplained > 0) return exit.causesFound;
  return complete ? exit.nothingWrong : exit.incomplete;
}
