/** Measures, prints medians and ratios, judges nothing. `--json` prints them for a machine. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { demoWorld } from '../lab/demo.ts';
import { startLab } from '../lab/start.ts';
import { largeWorld } from '../lab/world/large.ts';
import { pageFigures } from './bench/pages.ts';
import { deploy } from './demo/deployment.ts';

const run = promisify(execFile);
const repeats = 5;
const now = new Date().toISOString();

const figures = {
  audit: await auditFigures(),
  wave: await waveFigures(),
  bundles: await bundleFigures(),
  pages: await pageFigures(),
};
if (process.argv.includes('--json')) console.log(JSON.stringify(figures, null, 2));
else print(figures);
process.exit(0);

/** One cluster with 50 Services and 500 targets, about a tenth of them broken, in the lab. */
async function auditFigures() {
  const lab = await startLab(largeWorld({ services: 50, targets: 500, network: '127.90', now }));
  const program = join('node_modules', '.cache', 'bench-audit.mjs');
  await build({
    entryPoints: ['scripts/bench/audit.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const runs = await series<AuditRun>(3, () => child([program, '100000'], lab.env));
  const [governed] = await series<AuditRun>(1, () => child([program, '5'], lab.env));
  const { parameters } = repeatsIn(lab.calls.slice(-sum(governed?.apiCalls ?? {})));
  await lab.close();
  const { apiCalls, ...first } = median(runs, ({ totalMs }) => totalMs);
  return {
    ...first,
    beyondSlowestTimeoutMs: first.totalMs - first.slowestTimeoutMs,
    apiCalls,
    callsMadeTwice: parameters,
    withDefaultBudget: { totalMs: governed?.totalMs, waitedMs: governed?.waitedMs },
  };
}

interface AuditRun {
  totalMs: number;
  slowestTimeoutMs: number;
  waitedMs: number;
  maxRssMb: number;
  concludeCpuMs: number;
  apiCalls: Record<string, number>;
}

interface WaveRun {
  wallMs: number;
  perSecond: number;
  ratioToTimeout: number;
}

/** 2,000 addresses, at most 1,024 file descriptors, as in Lambda. */
async function waveFigures() {
  const server = createServer((socket) => socket.end().on('error', () => {})).listen(0, '0.0.0.0');
  await once(server, 'listening');
  const address = server.address();
  const open = typeof address === 'object' && address !== null ? address.port : 0;
  const silent = await silentPort();
  const wave = (port: number) => async () => {
    const command = `ulimit -n 1024; exec "${process.execPath}" scripts/bench/wave.ts ${port} 2000 3000`;
    const { stdout } = await run('sh', ['-c', command]);
    return JSON.parse(stdout) as WaveRun;
  };
  const figuresOf = async (port: number, times: number) =>
    median(await series(times, wave(port)), ({ wallMs }) => wallMs);
  const result = {
    open: await figuresOf(open, repeats),
    refused: await figuresOf(9, repeats),
    silent: await figuresOf(silent.port, 3),
  };
  server.close();
  silent.close();
  return result;
}

/** A port on which every loopback address drops SYNs: its accept queue is full and its process never accepts. */
async function silentPort(): Promise<{ port: number; close(): void }> {
  const program = `const net=require('net');const s=net.createServer();s.listen({host:'0.0.0.0',port:0,backlog:1},()=>{process.stdout.write(String(s.address().port));require('fs').readSync(0,Buffer.alloc(1))})`;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [text] = await once(holder.stdout, 'data');
  const port = Number(text);
  const { connect } = await import('node:net');
  const fill = Array.from({ length: 3 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await Promise.all(fill.slice(0, 2).map((socket) => once(socket, 'connect')));
  return {
    port,
    close() {
      for (const socket of fill) socket.destroy();
      holder.kill('SIGKILL');
    },
  };
}

async function bundleFigures() {
  const { auditor, notifier, remove } = await deploy(demoWorld(), 'bench');
  const load = async (bundle: string) => {
    const runs = await series<{ loadMs: number; rssMb: number }>(repeats, () =>
      child(['scripts/bench/load.ts', bundle], {}),
    );
    return median(runs, ({ loadMs }) => loadMs);
  };
  const result = {
    auditor: { kib: Math.round(auditor.bytes / 1024), ...(await load(auditor.bundle)) },
    notifier: { kib: Math.round(notifier.bytes / 1024), ...(await load(notifier.bundle)) },
  };
  remove();
  return result;
}

async function child<T>(args: string[], env: Record<string, string>): Promise<T> {
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, ...env }, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}

async function series<T>(times: number, make: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < times; index++) results.push(await make());
  return results;
}

function median<T>(runs: T[], by: (run: T) => number): T {
  const middle = runs.toSorted((a, b) => by(a) - by(b))[Math.floor(runs.length / 2)];
  if (middle === undefined) throw new Error('nothing was run');
  return middle;
}

function repeatsIn(calls: { service: string; action: string; parameters: object }[]): { parameters: number } {
  const keys = calls.map(({ service, action, parameters }) => JSON.stringify([service, action, parameters]));
  return { parameters: keys.length - new Set(keys).size };
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function print({ audit, wave, bundles, pages }: typeof figures): void {
  const { apiCalls, withDefaultBudget, ...rest } = audit;
  console.log('Audit of 50 Services with 500 targets in the lab, median of 3');
  console.table(rest);
  console.log(
    `API calls: ${sum(apiCalls)}; with the default budget of 5 a second: ${withDefaultBudget.totalMs} ms, ${withDefaultBudget.waitedMs} ms of them waiting`,
  );
  console.table(apiCalls);
  console.log('Wave of 2,000 TCP probes, time-out 3,000 ms, 1,024 file descriptors, medians');
  console.table(wave);
  console.log(`Bundles, median of ${repeats} loads in a fresh process`);
  console.table(bundles);
  console.log('HTML report, median of 5 renderings');
  console.table(pages);
}
