import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { median, series } from '../child.ts';
import type { Row } from '../row.ts';

interface WaveRun {
  wallMs: number;
  perSecond: number;
  ratioToTimeout: number;
}

const probes = 2000;
const timeoutMs = 3000;
const mostRatio = 1.15;

/** Ports that accept, refuse and keep silent, with as many file descriptors as Lambda gives. */
export const wave: Row = {
  id: 'wave',
  what: `one wave of ${probes} TCP probes, time-out ${timeoutMs} ms, 1,024 file descriptors`,
  goal: null,
  async measure() {
    const server = createServer((socket) => socket.end().on('error', () => {})).listen(0, '0.0.0.0');
    await once(server, 'listening');
    const address = server.address();
    const open = typeof address === 'object' && address !== null ? address.port : 0;
    const silent = await silentPort();
    const figuresOf = async (port: number, times: number) =>
      median(await series(times, () => waveTo(port)), ({ wallMs }) => wallMs);
    const lines = [
      { port: 'open', ...(await figuresOf(open, 5)) },
      { port: 'refused', ...(await figuresOf(9, 5)) },
      { port: 'silent', ...(await figuresOf(silent.port, 3)) },
    ].map(({ port, wallMs, perSecond, ratioToTimeout }) => ({ port, wallMs, perSecond, ratioToTimeout }));
    server.close();
    silent.close();
    const slowest = lines.at(-1)?.ratioToTimeout ?? 0;
    return {
      result: `silent ports: ${slowest} × time-out (goal of the probes' own row: ≤ ${mostRatio})`,
      met: null,
      tables: [{ title: 'Medians', lines }],
    };
  },
};

async function waveTo(port: number): Promise<WaveRun> {
  const program = `exec "${process.execPath}" scripts/bench/rows/wave-run.ts ${port} ${probes} ${timeoutMs}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', `ulimit -n 1024; ${program}`]);
  return JSON.parse(stdout);
}

/** A port on which every loopback address drops SYNs: its accept queue is full and its process never accepts. */
async function silentPort(): Promise<{ port: number; close(): void }> {
  const program = `const net=require('net');const s=net.createServer();s.listen({host:'0.0.0.0',port:0,backlog:1},()=>{process.stdout.write(String(s.address().port));require('fs').readSync(0,Buffer.alloc(1))})`;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [text] = await once(holder.stdout, 'data');
  const port = Number(text);
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
