import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TargetPorts } from './probes.ts';
import { addressOf } from './probes-address.ts';

/** How other programs are run. */
export interface Peer {
  count: number;
  /** What keeps a program to the core of the prober. */
  prefix: string;
}

/** What another program took for the same targets. */
export type Line = { program: string; targets: string; 'wall ms': number; 'CPU ms each': number };

/** The same targets by nmap and by blackbox_exporter, as far as they are installed. */
export async function measurePeers(ports: TargetPorts, peer: Peer): Promise<Line[]> {
  const lines: Line[] = [];
  if (await isInstalled('nmap')) lines.push(await measureNmap(ports, peer));
  if (await isInstalled('prometheus-blackbox-exporter')) lines.push(...(await measureBlackbox(ports, peer)));
  return lines;
}

const run = promisify(execFile);
/** True where the shell finds the program. */
export const isInstalled = (program: string): Promise<boolean> =>
  run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );

async function measureNmap({ http }: TargetPorts, { count, prefix }: Peer): Promise<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const list = join(folder, 'targets');
  writeFileSync(list, Array.from({ length: count }, (_, index) => addressOf(index)).join('\n'));
  const began = performance.now();
  const scan = `${prefix} nmap -n -Pn -sT -T5 --min-rate 5000 -p ${http} -iL ${list} -oG - >/dev/null; times`;
  const { stdout } = await run('sh', ['-c', scan]);
  rmSync(folder, { recursive: true });
  return { program: 'nmap -sT', targets: 'open (TCP)', ...figures(began, ofChildren(stdout), count) };
}

/** Milliseconds of user and system in the second line of `times`: `0m1.230s 0m0.450s`. */
export const ofChildren = (times: string): number =>
  [...(times.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0,
  );

const listenAddress = '127.0.0.1:9615';
const atOnce = 50;

async function measureBlackbox(ports: TargetPorts, { count, prefix }: Peer): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const config = join(folder, 'blackbox.yml');
  writeFileSync(
    config,
    'modules:\n  tcp:\n    prober: tcp\n  http:\n    prober: http\n    http: {tls_config: {insecure_skip_verify: true}}\n',
  );
  const flags = `--config.file=${config} --web.listen-address=${listenAddress} --log.level=error`;
  const exporter = spawn('sh', ['-c', `exec ${prefix} prometheus-blackbox-exporter ${flags}`], { stdio: 'ignore' });
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const ask = async (module: string, target: string): Promise<void> => {
    const [answer] = await once(
      get(`http://${listenAddress}/probe?module=${module}&target=${encodeURIComponent(target)}`, { agent }),
      'response',
    );
    await once(answer.resume(), 'end');
  };
  for (let tries = 0; tries < 50; tries += 1) {
    const isUp = await ask('tcp', `127.0.0.1:${ports.http}`).then(
      () => true,
      () => pause(100, false),
    );
    if (isUp) break;
  }
  const lines: Line[] = [];
  for (const [module, targets, urlOf] of [
    ['tcp', 'open (TCP)', (address: string) => `${address}:${ports.http}`],
    ['http', 'HTTP', (address: string) => `http://${address}:${ports.http}/`],
    ['http', 'HTTPS', (address: string) => `https://${address}:${ports.https}/`],
  ] as const) {
    const [before, began] = [cpuMsOf(exporter.pid), performance.now()];
    await Promise.all(Array.from({ length: count }, (_, index) => ask(module, urlOf(addressOf(index)))));
    lines.push({ program: 'blackbox_exporter', targets, ...figures(began, cpuMsOf(exporter.pid) - before, count) });
  }
  agent.destroy();
  exporter.kill();
  rmSync(folder, { recursive: true });
  return lines;
}

/** Ticks of user and system are fields 14 and 15, a hundred a second on Linux (proc(5)). */
function cpuMsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const figures = (began: number, cpuMs: number, count: number): Omit<Line, 'program' | 'targets'> => ({
  'wall ms': Math.round(performance.now() - began),
  'CPU ms each': Number((cpuMs / count).toFixed(3)),
});
