import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import type { PlannedProbe, ProbeOutcome, ProbePurpose, ProbeRequest } from '../../../core/model/probe-result.ts';
import { probe } from '../../../io/probe/probe.ts';

export const address = '127.45.0.1';

/** A listening server, its port, and an end that does not wait for its clients. */
export interface Listening extends AsyncDisposable {
  port: number;
}

/** Lets a server listen on a free port. */
export async function listen(server: net.Server): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as net.AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A server that treats every connection alike. */
export const serve = (behave: (socket: net.Socket) => void): Promise<Listening> => listen(net.createServer(behave));

const backlogOfOne = `
  const server = require('node:net').createServer();
  server.listen({ host: '${address}', port: 0, backlog: 1 }, () => process.stdout.write(String(server.address().port)));
`;

/** A port whose SYNs the kernel drops, without root: a stopped process listens there and its accept queue is full. */
export async function silentPort(): Promise<Listening> {
  const child = spawn(process.execPath, ['-e', backlogOfOne], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [bytes] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(bytes.toString());
  child.kill('SIGSTOP');
  const queued = [1, 2].map(() => net.connect(port, address).on('error', () => {}));
  await Promise.all(queued.map((socket) => once(socket, 'connect')));
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of queued) socket.destroy();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** A port of this machine where nobody listens. */
export async function closedPort(): Promise<number> {
  await using listening = await serve(() => {});
  return listening.port;
}

export interface Ask extends Partial<ProbeRequest> {
  port: number;
  purpose?: ProbePurpose;
  attempts?: number;
}

export const plan = ({ purpose = 'health-check', attempts = 1, ...request }: Ask): PlannedProbe => ({
  purpose,
  targetGroupArn: 'arn:of:target-group',
  targetId: 'i-0123456789abcdef0',
  targetPort: request.port,
  request: { address, protocol: 'HTTP', path: '/healthz', timeoutMs: 2000, ...request },
  attempts,
});

/** What one probe meets. */
export async function meet(ask: Ask): Promise<ProbeOutcome | undefined> {
  const { probes } = await probe([plan(ask)], { signal: AbortSignal.timeout(10_000) });
  return probes[0]?.outcome;
}
