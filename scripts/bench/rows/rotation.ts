import type { RunSummary } from '../../../core/lifecycle/run-summary.ts';
import { startLab } from '../../../lab/start.ts';
import { accountOf } from '../account.ts';
import { child } from '../child.ts';
import type { Row } from '../row.ts';

interface AuditorRun {
  answer: RunSummary;
  seconds: number;
  isInTime: boolean;
  cpuSeconds: number;
  maxRssMb: number;
}

interface Rotation {
  id: string;
  clusters: number;
  /** Services of each cluster, one of them broken. */
  services: number;
  runs: number;
}

/** The defaults of a deployment. */
const [callsPerSecond, timeoutSeconds] = [5, 300];

/** An account that one run can hardly read, or cannot. */
export const rotation = rotationOf({ id: 'rotation', clusters: 100, services: 10, runs: 3 });
export const rotationOfLarge = rotationOf({ id: 'rotation-large', clusters: 200, services: 15, runs: 5 });

/** The deployed function's handler in one run after the other. */
function rotationOf({ id, clusters, services, runs }: Rotation): Row {
  return {
    id,
    what:
      `${runs} runs of the auditor at its defaults (${callsPerSecond} calls a second, ${timeoutSeconds} s) against ` +
      `${clusters * services} target groups of ${clusters} clusters, one in ${services} broken; ` +
      'Elastic Load Balancing has a bucket of 40 calls, refilled at 10 a second, and answers after 20 to 80 ms',
    goal: `every run ends in time and saved, all target groups read within ${runs} runs`,
    async measure() {
      const groups = clusters * services;
      const lab = await startLab(accountOf(clusters, services), {
        sockets: false,
        elbBucket: { burst: 40, perSecond: 10 },
        elbLatencyMs: { least: 20, most: 80 },
      });
      const settings = {
        name: 'bench',
        table: 'eks-nlb-auditor',
        elbCallsPerSecond: callsPerSecond,
        reportBucket: 'eks-nlb-auditor-reports',
      };
      const seen = new Set<unknown>();
      const lines = [];
      for (let run = 1; run <= runs; run += 1) {
        const from = lab.calls.length;
        // A handler that could not save rejects, and the row with it.
        const { answer, ...took } = await child<AuditorRun>(
          ['scripts/bench/rows/rotation-run.ts', new Date().toISOString(), timeoutSeconds],
          { ...lab.env, AUDITOR_SETTINGS: JSON.stringify(settings) },
        );
        const calls = lab.calls.slice(from).filter(({ service }) => service === 'elasticloadbalancing');
        const read = calls.flatMap(({ action, status, parameters }) =>
          action === 'DescribeTargetHealth' && status === 200 ? [parameters['TargetGroupArn']] : [],
        );
        for (const arn of read) seen.add(arn);
        lines.push({
          run,
          seconds: took.seconds,
          'in time': String(took.isInTime),
          read: read.length,
          'read so far': seen.size,
          'broken read': read.filter((arn) => /k8s-team-broken-/.test(String(arn))).length,
          causes: answer.diagnoses.unhealthy,
          unexplained: answer.diagnoses.unexplained,
          resolved: answer.changes.resolved ?? 0,
          calls: calls.length,
          throttled: calls.filter(({ status }) => status !== 200).length,
          cpuSeconds: took.cpuSeconds,
          peakMb: took.maxRssMb,
        });
      }
      await lab.close();
      const late = lines.filter((line) => line['in time'] !== 'true').length;
      return {
        result: `${seen.size} of ${groups} read, ${lines[0]?.read} in the first run; ${late} runs late`,
        met: late === 0 && seen.size === groups,
        tables: [{ title: 'Runs', lines }],
      };
    },
  };
}
