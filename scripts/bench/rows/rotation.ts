import type { RunSummary } from '../../../core/lifecycle/run-summary.ts';
import { callsPerSecond, elbCallsIn, elbLimits, invokeAuditor, startLimitedLab } from '../auditor.ts';
import type { Row } from '../row.ts';

interface Rotation {
  id: string;
  clusters: number;
  /** Services of each cluster, one of them broken. */
  services: number;
  runs: number;
}

/** The default of a deployment. */
const timeoutSeconds = 300;

/** An account that one run can hardly read, or cannot. */
export const rotation = rotationOf({ id: 'rotation', clusters: 100, services: 10, runs: 3 });
export const rotationOfLarge = rotationOf({ id: 'rotation-large', clusters: 200, services: 15, runs: 5 });

/** The deployed function's handler in one run after the other. */
function rotationOf({ id, clusters, services, runs }: Rotation): Row {
  return {
    id,
    what:
      `${runs} runs of the auditor at its defaults (${callsPerSecond} calls a second, ${timeoutSeconds} s) against ` +
      `${clusters * services} target groups of ${clusters} clusters, one in ${services} broken; ${elbLimits}`,
    goal: `every run ends in time and saved, all target groups read within ${runs} runs`,
    async measure() {
      const groups = clusters * services;
      const lab = await startLimitedLab(clusters, services);
      const seen = new Set<unknown>();
      const lines = [];
      for (let run = 1; run <= runs; run += 1) {
        const from = lab.calls.length;
        const event = { time: new Date().toISOString() };
        // A handler that could not save rejects, and the row with it.
        const { answer, ...took } = await invokeAuditor<RunSummary>(lab, event, { timeoutSeconds });
        const { calls, read } = elbCallsIn(lab.calls.slice(from));
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
