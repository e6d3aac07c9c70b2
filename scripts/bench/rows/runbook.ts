import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startLab } from '../../../lab/start.ts';
import { largeWorld } from '../../../lab/world/large.ts';
import { bundleCommandLine } from '../../command-line.ts';
import type { Row } from '../row.ts';

const run = promisify(execFile);
const script = resolve('scripts/bench/rows/runbook.sh');
const programs = ['aws', 'bash', 'curl', 'jq', 'kubectl'];

/** The walk that the product makes automatic: as a person makes it, and as the product does. */
export const runbook: Row = {
  id: 'runbook',
  what: 'the runbook for one cluster of 50 Services with 500 targets, a tenth of the Services broken, as a script of AWS CLI, kubectl and curl (`scripts/bench/rows/runbook.sh`), beside `nlb-auditor audit` at its default of 5 calls a second',
  goal: 'the audit is ≥ 50 × faster',
  async measure() {
    const missing = programs.filter((name) => spawnSync(name, ['--version']).error !== undefined);
    if (missing.length > 0) return { result: `not measured here without ${missing.join(', ')}`, met: null, tables: [] };
    const now = new Date().toISOString();
    const lab = await startLab(largeWorld({ services: 50, targets: 500, network: '127.90', now }));
    const folder = mkdtempSync(resolve('node_modules/.runbook-'));
    try {
      await bundleCommandLine(folder);
      const kubeconfig = join(folder, 'kubeconfig');
      writeFileSync(kubeconfig, lab.kubeconfig);
      const place = { cwd: folder, env: { ...process.env, ...lab.env, KUBECONFIG: kubeconfig, HOME: folder } };
      const byHand = await timed(`bash ${script}`, place);
      const audit = await timed(`${process.execPath} ${join(folder, 'nlb-auditor.js')} audit`, place);
      const ratio = Math.round(byHand.seconds / audit.seconds);
      return {
        result: `${ratio} ×: ${byHand.seconds} s and ${byHand.cpuSeconds} CPU s by hand, ${audit.seconds} s and ${audit.cpuSeconds} CPU s`,
        met: ratio >= 50,
        notes: [
          'The runbook asks nothing of healthy groups but their state. The audit also reads attributes and listeners of each, to say whether clients get through. That makes 162 calls to Elastic Load Balancing, none of them twice: health and attributes are answered for one target group at a time, listeners for one load balancer, and only tags for 20. After a burst of 20 calls, 142 wait for five a second, which is 28.4 of its seconds. For 50 × it would have to make nearly ten a second, all that AWS refills, and would leave nothing to the controllers of the account. On a busy machine the script loses more than the audit.',
        ],
        tables: [
          {
            title: 'Seconds',
            lines: [Object.assign({ what: 'by hand' }, byHand), Object.assign({ what: 'audit' }, audit)],
          },
        ],
      };
    } finally {
      rmSync(folder, { recursive: true });
      await lab.close();
    }
  },
};

interface Place {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** Seconds that a command takes, and of processor time with all that it starts; a finding ends the audit with 1. */
async function timed(command: string, place: Place): Promise<{ seconds: number; cpuSeconds: number }> {
  const clock = `TIMEFORMAT='%R %U %S'; time ${command} >output.txt 2>complaints.txt; [ $? -le 1 ]`;
  const { stderr } = await run('bash', ['-c', clock], place);
  const [seconds = 0, user = 0, system = 0] = stderr.trim().split(' ').map(Number);
  return { seconds: Math.round(seconds * 10) / 10, cpuSeconds: Math.round((user + system) * 10) / 10 };
}
