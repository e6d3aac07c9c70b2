import { writeSync } from 'node:fs';
import { type Socket as Connection, connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { AudibleBehaviour } from '../../world/world.ts';
import type { KeyPair } from '../certificates.ts';
import { connectionHandler } from './connection-handler.ts';

/**
 * Program of the child process behind lossy targets: listens where the first line of its standard input says, and lets SYNs in
 * by turns. It ends when its standard input does, as when the parent dies.
 */
createInterface(process.stdin)
  .once('line', (line) => run(JSON.parse(line)).catch(explain))
  .once('close', () => process.exit());

/** What the parent writes as one line of JSON. */
export interface LossyTargets {
  sockets: { address: string; port: number; behaviour: AudibleBehaviour }[];
  certificate: KeyPair;
}

/** Milliseconds of a turn in which every SYN is dropped, and in which all are taken; neither divides a pause between probes. */
const shutFor = 410;
const openFor = 320;

async function run({ sockets, certificate }: LossyTargets): Promise<void> {
  await Promise.all(
    sockets.map(({ address, port, behaviour }) => {
      const handle = connectionHandler(behaviour, certificate);
      const server = createServer((connection) => {
        connection.on('error', () => undefined);
        handle(connection);
      });
      return new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen({ host: address, port, backlog: 1 }, resolve);
      });
    }),
  );
  writeSync(1, 'listening\n');
  shut(sockets);
}

/**
 * Fills the accept queues and stands still: the kernel drops what comes in meanwhile. A connection to loopback is in the queue
 * as soon as it is asked for, which Node.js does in the ticks before the one that blocks.
 */
function shut(sockets: LossyTargets['sockets']): void {
  const filling = sockets.flatMap(({ address, port }) => [occupy(address, port), occupy(address, port)]);
  process.nextTick(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, shutFor);
    for (const connection of filling) connection.destroy();
    setTimeout(shut, openFor, sockets);
  });
}

const occupy = (host: string, port: number): Connection => connect({ host, port }).on('error', () => undefined);

function explain(error: NodeJS.ErrnoException & { address?: string; port?: number }): void {
  const { code, address, port } = error;
  writeSync(1, `${JSON.stringify({ code, address, port })}\n`);
  process.exit();
}
