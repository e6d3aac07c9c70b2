import { type ChildProcessWithoutNullStreams, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { ProbeRequest } from '../../../core/model/probe-result.ts';
import { median, series } from '../child.ts';
import type { Row } from '../row.ts';
import { type Line, measurePeers } from './probes-peers.ts';
import { measureTls } from './probes-tls.ts';

/** Ports of every loopback address, by what they do with a connection; `http` is an open port to a probe of TCP. */
export type TargetPorts = Record<'silent' | 'http' | 'https', number>;

interface ProbesRun {
  wallMs: number;
  cpuMs: number;
  outcomes: Record<string, number>;
  unsent: number;
  peakMb: number;
}

const count = 10_000;
const timeoutMs = 3000;
const goal = { ratio: 1.15, cpuMs: 0.4 };

/** The outcome that is right for each kind of target; anything else is this machine's own. */
const kinds: { targets: string; protocol: ProbeRequest['protocol']; port: keyof TargetPorts; right: string }[] = [
  { targets: 'silent (TCP)', protocol: 'TCP', port: 'silent', right: 'timeout' },
  { targets: 'open (TCP)', protocol: 'TCP', port: 'http', right: 'open' },
  { targets: 'HTTP', protocol: 'HTTP', port: 'http', right: 'http' },
  { targets: 'HTTPS', protocol: 'HTTPS', port: 'https', right: 'http' },
];

/** Waves of probes with as many file descriptors as Lambda gives, on one core; the targets have another. */
export const probes: Row = {
  id: 'probes',
  what: `one wave of ${count} probes to as many addresses, time-out ${timeoutMs} ms, 1,024 file descriptors, one core; median of 3`,
  goal: `≤ ${goal.ratio} × time-out, no wrong outcome, ≤ ${goal.cpuMs} ms of CPU for each probe and half of blackbox_exporter’s`,
  async measure() {
    const targets = spawn('sh', ['-c', `exec ${onCore(1)} "${process.execPath}" scripts/bench/rows/probes-targets.ts`]);
    const ports: TargetPorts = JSON.parse(await firstLine(targets));
    const lines = [];
    for (const { targets: name, protocol, port, right } of kinds) {
      const runs = await series(3, () => waveTo(protocol, ports[port]));
      const run = median(runs, ({ wallMs }) => wallMs);
      lines.push({
        targets: name,
        'wall ms': Math.round(run.wallMs),
        '× time-out': Number((run.wallMs / timeoutMs).toFixed(2)),
        'CPU ms each': Number((run.cpuMs / count).toFixed(3)),
        'wrong outcomes': Math.max(...runs.map(({ outcomes, unsent }) => count - unsent - (outcomes[right] ?? 0))),
        'not sent': Math.max(...runs.map(({ unsent }) => unsent)),
        peakMb: run.peakMb,
      });
    }
    const peer = { count, prefix: onCore(0) };
    const handshakes = await measureTls(ports.https, peer);
    const peers = [...handshakes, ...(await measurePeers(ports, peer))];
    targets.stdin.end();
    const wrong = lines.reduce((sum, line) => sum + line['wrong outcomes'], 0);
    const isMet = lines.every((line) => line['× time-out'] <= goal.ratio && line['CPU ms each'] <= goal.cpuMs);
    return {
      result: `${lines.map((line) => `${line.targets} ${line['× time-out']} ×, ${line['CPU ms each']} ms`).join('; ')}; ${wrong} wrong outcomes`,
      met: isMet && wrong === 0,
      tables: [
        { title: 'One wave each', lines },
        { title: 'Other programs on the same targets', lines: peers },
      ],
      notes: [
        ...lines.filter(({ targets: name }) => name === 'HTTPS').map((line) => whatHttpsTakes(line, peers)),
        'nmap only connects: it builds no objects for a connection, reads no answer and knows no phases. What is left between its CPU and that of open ports is the price of a Node.js socket.',
        'Peers are left out where they are not installed (Debian: `nmap`, `prometheus-blackbox-exporter`, `openssl`).',
      ],
    };
  },
};

/** How far a wave over TLS is from the goal, and what sets its pace. */
function whatHttpsTakes(wave: Omit<Line, 'program'>, peers: Line[]): string {
  const { 'wall ms': wallMs, 'CPU ms each': cpuMs } = wave;
  const others = peers
    .filter(({ targets }) => targets.startsWith('HTTPS'))
    .map((line) => `${line.program} ${line['CPU ms each']} ms (${(cpuMs / line['CPU ms each']).toFixed(2)} ×)`);
  const inTime = Math.floor((count * goal.ratio * timeoutMs) / wallMs);
  return (
    `HTTPS misses by what a handshake costs. The prober takes ${cpuMs} ms of CPU for one target; on the same core: ${others.join(', ')}. All but blackbox_exporter only shake hands. ` +
    `It computed for ${Math.round((100 * cpuMs * count) / wallMs)} % of the wave; the targets have another core. ${goal.ratio} × the time-out is enough for ${inTime.toLocaleString('en-US')} targets, and threads would not change that on one core. ` +
    'No target is connected to twice, so that no session can be resumed; nothing is verified, one context serves all, and X25519 comes first. ' +
    'A longer wave is late and not wrong: every phase is wall time less the lateness of the turn that ends it, and a probe is sent again where this process was too busy to know. ' +
    'Of failing targets that nothing tells apart about twenty are probed, and a health check over HTTPS has a time-out of 10 s by default, to which the auditor adds 3 s.'
  );
}

const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

/** Keeps a program to one core, where this machine can. */
const onCore = (core: number): string => (hasTaskset ? `taskset -c ${core}` : '');

async function waveTo(protocol: string, port: number): Promise<ProbesRun> {
  const program = `exec ${onCore(0)} "${process.execPath}" scripts/bench/rows/probes-run.ts ${protocol} ${port} ${count} ${timeoutMs}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', `ulimit -n 1024; ${program}`]);
  return JSON.parse(stdout);
}

async function firstLine(program: ChildProcessWithoutNullStreams): Promise<string> {
  program.stderr.pipe(process.stderr);
  const [bytes] = await once(program.stdout, 'data');
  return String(bytes);
}
