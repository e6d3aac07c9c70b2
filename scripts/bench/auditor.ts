import type { Lab, RecordedCall } from '../../lab/lab.ts';
import { startLab } from '../../lab/start.ts';
import { accountOf } from './account.ts';
import { child } from './child.ts';

/** The share of a deployment that sets nothing. */
export const callsPerSecond = 5;

/** What Elastic Load Balancing gives to callers, in words. */
export const elbLimits =
  'Elastic Load Balancing has a bucket of 40 calls, refilled at 10 a second, and answers after 20 to 80 ms';

/** A lab with so many clusters and Services of each, one of them broken, behind these limits. */
export const startLimitedLab = (clusters: number, services: number): Promise<Lab> =>
  startLab(accountOf(clusters, services), {
    sockets: false,
    elbBucket: { burst: 40, perSecond: 10 },
    elbLatencyMs: { least: 20, most: 80 },
  });

/** What an invocation of the deployed function answered and took. */
export interface Invoked<Answer> {
  answer: Answer;
  seconds: number;
  isInTime: boolean;
  cpuSeconds: number;
  maxRssMb: number;
}

/** Invokes the deployed function's handler in a process of its own, with the defaults of a deployment. It rejects where the handler does. */
export const invokeAuditor = <Answer>(
  lab: Lab,
  event: { time: string },
  { timeoutSeconds, settings = {} }: { timeoutSeconds: number; settings?: object },
): Promise<Invoked<Answer>> =>
  child(['scripts/bench/rows/auditor-run.ts', JSON.stringify(event), timeoutSeconds], {
    ...lab.env,
    AUDITOR_SETTINGS: JSON.stringify({
      name: 'bench',
      table: 'eks-nlb-auditor',
      elbCallsPerSecond: callsPerSecond,
      reportBucket: 'eks-nlb-auditor-reports',
      ...settings,
    }),
  });

/** The calls to Elastic Load Balancing among these, and the target groups whose health they read. */
export function elbCallsIn(calls: RecordedCall[]): { calls: RecordedCall[]; read: unknown[] } {
  const ofElb = calls.filter(({ service }) => service === 'elasticloadbalancing');
  const read = ofElb.flatMap(({ action, status, parameters }) =>
    action === 'DescribeTargetHealth' && status === 200 ? [parameters['TargetGroupArn']] : [],
  );
  return { calls: ofElb, read };
}
