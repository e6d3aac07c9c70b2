import { once } from 'node:events';
import { type Socket as Connection, createServer, type Server } from 'node:net';
import type { Socket } from '../../world/world.ts';
import { allDone } from '../all-done.ts';
import { type KeyPair, selfSigned } from '../certificates.ts';
import { addressError } from './address-error.ts';
import { type AudibleBehaviour, connectionHandler } from './connection-handler.ts';
import { type SocketAddress, silenceTargets } from './silent-targets.ts';

/** The listeners that packets meet at the addresses of the world. */
export interface Listeners {
  /** Opens, closes and changes only what differs. Throws with a remedy where an address cannot be bound. */
  apply(sockets: Socket[]): Promise<void>;
  close(): Promise<void>;
}

interface Listener {
  /** The behaviour as text, to see whether it differs. */
  behaviour: string;
  close(): Promise<void>;
}

interface Silence {
  targets: SocketAddress[];
  end(): Promise<void>;
}

const nobodySilent: Silence = { targets: [], end: async () => undefined };

/** Listeners for sockets, none at first. */
export function openListeners(): Listeners {
  const open = new Map<SocketAddress, Listener>();
  let silent = nobodySilent;
  let certificate: Promise<KeyPair> | undefined;

  async function apply(sockets: Socket[]): Promise<void> {
    const wanted = new Map(sockets.map((socket) => [addressOf(socket), socket]));
    if (wanted.size < sockets.length) throw new Error('Two sockets of the world have the same address and port.');
    const silentTargets = [...wanted.keys()].filter((key) => wanted.get(key)?.behaviour.kind === 'silent').toSorted();
    const silenceChanges = silentTargets.join() !== silent.targets.join();

    // A target that changes from silent to audible, or back, needs its address free first.
    if (silenceChanges) await endSilence();
    const outdated = [...open].filter(([key, { behaviour }]) => behaviour !== textOf(wanted.get(key)));
    await Promise.all(outdated.map(([key]) => shut(key)));

    const missing = [...wanted].filter(([key, { behaviour }]) => behaviour.kind !== 'silent' && !open.has(key));
    await allDone(missing.map(([, socket]) => start(socket)));
    if (silenceChanges) silent = { targets: silentTargets, end: await silenceTargets(silentTargets) };
  }

  async function start(socket: Socket): Promise<void> {
    certificate ??= selfSigned('application');
    const listener = await listenAt(socket, await certificate);
    open.set(addressOf(socket), { behaviour: textOf(socket), close: listener });
  }

  async function endSilence(): Promise<void> {
    const { end } = silent;
    silent = nobodySilent;
    await end();
  }

  async function shut(key: SocketAddress): Promise<void> {
    const listener = open.get(key);
    open.delete(key);
    await listener?.close();
  }

  return { apply, close: () => apply([]) };
}

const addressOf = ({ address, port }: Socket): SocketAddress => `${address}:${port}`;
const textOf = (socket: Socket | undefined): string => JSON.stringify(socket?.behaviour ?? null);

async function listenAt({ address, port, behaviour }: Socket, certificate: KeyPair): Promise<() => Promise<void>> {
  const connections = new Set<Connection>();
  const handle = connectionHandler(behaviour as AudibleBehaviour, certificate);
  const server: Server = createServer((connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    // Clients reset and vanish as they like; the application is not impressed.
    connection.on('error', () => undefined);
    handle(connection);
  });
  try {
    await once(server.listen({ host: address, port }), 'listening');
  } catch (error) {
    throw addressError(error as NodeJS.ErrnoException, address, port);
  }
  return async () => {
    for (const connection of connections) connection.destroy();
    server.close();
    await once(server, 'close');
  };
}
