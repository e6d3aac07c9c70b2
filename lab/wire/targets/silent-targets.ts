import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { allDone } from '../all-done.ts';
import { startListening } from './listening-child.ts';

/** An address and port, as `127.20.0.1:8080`. */
export type SocketAddress = `${string}:${number}`;

/**
 * Makes addresses answer to nothing, as where packets are dropped: one child process listens on all of them, accepts
 * nothing, and the accept queue of each is filled, after which the kernel drops every further SYN. The promise
 * resolves when all are silent, to a function that ends it. Without addresses there is no child.
 */
export async function silenceTargets(targets: SocketAddress[]): Promise<() => Promise<void>> {
  if (targets.length === 0) return async () => undefined;
  const endChild = await startListening({ name: 'silent-process', args: targets });
  const filling: Socket[] = [];
  const end = async (): Promise<void> => {
    for (const socket of filling) socket.destroy();
    await endChild();
  };
  try {
    for (const sockets of await allDone(targets.map(fillQueue))) filling.push(...sockets);
  } catch (error) {
    await end();
    throw error;
  }
  return end;
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
