import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { PlannedProbe, ProbeOutcome, ProbeRequest } from '../../../core/model/probe-result.ts';
import { probe } from '../../../io/probe/probe.ts';
import { issueForLoopback } from '../../../lab/wire/certificates.ts';
import { listen, serve, silentPort } from '../../../test/io/probe/targets.ts';
import { nameOfCall } from '../calls.ts';
import { openFront } from '../front.ts';
import { bounds } from '../invariants.ts';
import type { Case } from '../matrix.ts';
import { measure } from '../measure.ts';
import type { Answer } from '../refusal.ts';
import type { Stage, Verdict } from '../stage.ts';
import { outcomesAfter } from './outcomes.ts';

/** Milliseconds for which a probe waits, and by which it may be late. */
const [timeoutMs, graceMs] = [2000, 2000];
/** Characters that an outcome may have in all. */
const mostText = 2000;

/** A target that answers in every wrong way; a probe reports what it met, in time, and follows nothing. */
export async function openTargets(): Promise<Stage> {
  const { server: pair } = await issueForLoopback('fault-target');

  async function run({ call, fault }: Case): Promise<Verdict> {
    const protocol = call.id.slice('probe:'.length) as ProbeRequest['protocol'];
    const target = await open({ call, fault }, pair);
    const planned = plan({ protocol, ...target });
    try {
      const { value, ms, peakMb } = await measure(() => probe([planned], { signal: AbortSignal.timeout(10_000) }));
      const [met] = value.probes;
      const outcome = met?.outcome;
      const text = JSON.stringify(outcome) ?? '';
      return {
        call: nameOfCall(call),
        fault: fault.id,
        violations: [
          ...(ms > timeoutMs + graceMs ? [`took ${ms} ms of ${timeoutMs}`] : []),
          ...(peakMb > bounds.mostMb ? [`held ${peakMb} MB`] : []),
          ...(target.trapped() > 0 ? ['followed a redirect'] : []),
          ...(text.length > mostText || /\\u00[01]/.test(text) ? [`keeps too much: ${text.slice(0, 100)}`] : []),
          ...(outcome !== undefined && outcomesAfter(call.id, fault.id).includes(wordFor(outcome))
            ? []
            : [`met ${text || value.unsent[0]?.reason}`]),
        ],
        outcome: outcome === undefined ? 'unsent' : wordFor(outcome),
        ms,
        peakMb,
        ...((outcome === undefined || ms > timeoutMs + graceMs) && { late: true }),
      };
    } finally {
      await target.close();
    }
  }

  return { env: {}, run, close: async () => undefined };
}

/** `429` for an answer of HTTP, else what happened. */
const wordFor = (outcome: ProbeOutcome): string => (outcome.kind === 'http' ? String(outcome.status) : outcome.kind);

interface Target {
  address: string;
  port: number;
  trapped(): number;
  close(): Promise<void>;
}

function open(tested: Case, pair: Pair): Promise<Target> {
  const { call, fault } = tested;
  if (call.id === 'probe:TCP') return fault.id === 'hang' ? silent() : refusing();
  return call.id === 'probe:TLS' ? openBelowTls(fault.id) : openHttp(tested, pair);
}

type Pair = Awaited<ReturnType<typeof issueForLoopback>>['server'];

async function silent(): Promise<Target> {
  const port = await silentPort();
  return targetAt(port.port, () => port[Symbol.asyncDispose]());
}

async function refusing(): Promise<Target> {
  const server = await serve(() => {});
  await server[Symbol.asyncDispose]();
  return targetAt(server.port, async () => undefined);
}

const targetAt = (port: number, close: () => PromiseLike<void>, address = '127.45.0.1'): Target => ({
  address,
  port,
  trapped: () => 0,
  close: async () => close(),
});

const record = Buffer.concat([Buffer.from([0x16, 0x03, 0x03, 0x40, 0x00]), Buffer.alloc(100, 2)]);

/** What answers a ClientHello in place of a ServerHello. */
const hellos: Record<string, (socket: Socket) => void> = {
  hang: () => undefined,
  reset: (socket) => socket.resetAndDestroy(),
  truncated: (socket) => socket.end(record),
  giant: (socket) => {
    const pour = (): void => {
      while (socket.writable && socket.write(Buffer.alloc(2 ** 16, 0x16)));
    };
    socket.on('drain', pour);
    pour();
  },
  tls: (socket) => socket.end('220 mail.example.com ESMTP\r\n'),
};

async function openBelowTls(fault: string): Promise<Target> {
  const server = await serve((socket) => socket.once('data', () => hellos[fault]?.(socket)));
  return targetAt(server.port, () => server[Symbol.asyncDispose]());
}

async function openHttp({ call, fault }: Case, pair: Pair): Promise<Target> {
  let [times, trapped] = [0, 0];
  const good: Answer = { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('ok') };
  const trap = await listen(
    createServer((_, response) => {
      trapped += 1;
      response.end();
    }),
  );
  const listener: RequestListener = async (request, response) => {
    times += 1;
    const send = ({ status, headers, body }: Answer): void => {
      response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
    };
    await fault.strike({
      api: call.api,
      times,
      forward: async () => good,
      send,
      response,
      socket: front.socketOf(request.socket.remotePort),
      trap: `http://127.45.0.1:${trap.port}/`,
    });
  };
  const front = await openFront(call.id === 'probe:HTTPS' ? createTlsServer(pair, listener) : createServer(listener));
  return {
    address: '127.0.0.1',
    port: front.port,
    trapped: () => trapped,
    async close() {
      front.close();
      await trap[Symbol.asyncDispose]();
    },
  };
}

const plan = (request: Pick<ProbeRequest, 'protocol' | 'address' | 'port'>): PlannedProbe => ({
  purpose: 'health-check',
  targetGroupArn: 'arn:of:target-group',
  targetId: 'i-0123456789abcdef0',
  targetPort: request.port,
  request: { path: '/healthz', timeoutMs, ...request },
  attempts: 1,
});
