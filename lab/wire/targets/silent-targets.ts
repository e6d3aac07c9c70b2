import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { allDone } from '../all-done.ts';
import { addressError } from './address-error.ts';

/** An address and port, as `127.20.0.1:8080`. */
export type SocketAddress = `${string}:${number}`;

const program = fileURLToPath(new URL(`./silent-process${extname(import.meta.url)}`, import.meta.url));

/**
 * Makes addresses answer to nothing, as where packets are dropped: one child process listens on all of them, accepts
 * nothing, and the accept queue of each is filled, after which the kernel drops every further SYN. The promise
 * resolves when all are silent, to a function that ends it. Without addresses there is no child.
 */
export async function silenceTargets(targets: SocketAddress[]): Promise<() => Promise<void>> {
  if (targets.length === 0) return async () => undefined;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...targets], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const filling: Socket[] = [];
  const end = async (): Promise<void> => {
    for (const socket of filling) socket.destroy();
    child.kill('SIGKILL');
    await exited;
  };
  try {
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
    if (line !== 'listening') throw listenError(String(line));
    for (const sockets of await allDone(targets.map(fillQueue))) filling.push(...sockets);
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}

/** Reads what the child says where it cannot listen. */
function listenError(line: string): Error {
  if (!line.startsWith('{')) return new Error(`The process behind the silent targets ended: ${line}`);
  const { code, address, port } = JSON.parse(line) as { code: string; address: string; port: number };
  return addressError(Object.assign(new Error(code), { code }), address, port);
}

/** A queue of backlog 1 holds two connections (Linux `sk_acceptq_is_full` compares with `>`). */
const fillQueue = (target: SocketAddress): Promise<Socket[]> => Promise.all([occupy(target), occupy(target)]);

async function occupy(target: SocketAddress): Promise<Socket> {
  const [host, port] = target.split(':');
  const socket = connect({ host, port: Number(port) });
  await once(socket, 'connect');
  // The child's end closes it with a reset; there is nobody to tell.
  socket.on('error', () => undefined);
  return socket.unref();
}
