import { once } from 'node:events';
import { type Socket as Connection, createServer, type Server } from 'node:net';
import type { AudibleBehaviour, Socket } from '../../world/world.ts';
import { allDone } from '../all-done.ts';
import { type KeyPair, selfSigned } from '../certificates.ts';
import { addressError } from './address-error.ts';
import { connectionHandler } from './connection-handler.ts';
import { loseAtTargets } from './lossy-targets.ts';
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

/** Sockets that a process of their own serves. */
interface Apart {
  /** What they are, as text, to see whether it differs. */
  text: string;
  end(): Promise<void>;
}

const nobody: Apart = { text: '', end: async () => undefined };

const kindsApart = ['silent', 'lossy'] as const;
const isApart = ({ behaviour }: Socket): boolean => kindsApart.some((kind) => kind === behaviour.kind);

/** Listeners for sockets, none at first. */
export function openListeners(): Listeners {
  const open = new Map<SocketAddress, Listener>();
  const apart = new Map<Socket['behaviour']['kind'], Apart>();

  async function apply(sockets: Socket[]): Promise<void> {
    const wanted = new Map(sockets.map((socket) => [addressOf(socket), socket]));
    if (wanted.size < sockets.length) throw new Error('Two sockets of the world have the same address and port.');
    const changed = kindsApart
      .map((kind) => ({ kind, own: sockets.filter(({ behaviour }) => behaviour.kind === kind) }))
      .map((each) => ({
        ...each,
        text: JSON.stringify(each.own.map((socket) => [addressOf(socket), socket]).toSorted()),
      }))
      .filter(({ kind, own, text }) => (own.length === 0 ? '' : text) !== (apart.get(kind) ?? nobody).text);

    // A target that changes its kind needs its address free first.
    for (const { kind } of changed) await endApart(kind);
    const outdated = [...open].filter(([key, { behaviour }]) => behaviour !== textOf(wanted.get(key)));
    await Promise.all(outdated.map(([key]) => shut(key)));

    const missing = [...wanted].filter(([key, socket]) => !isApart(socket) && !open.has(key));
    await allDone(missing.map(([, socket]) => start(socket)));
    for (const { kind, own, text } of changed) {
      if (own.length > 0) apart.set(kind, { text, end: await startApart(own) });
    }
  }

  async function startApart(sockets: Socket[]): Promise<() => Promise<void>> {
    const lossy = sockets.flatMap(({ address, port, behaviour }) =>
      behaviour.kind === 'lossy' ? [{ address, port, behaviour: behaviour.behaviour }] : [],
    );
    if (lossy.length === 0) return silenceTargets(sockets.map(addressOf));
    return loseAtTargets(lossy, await selfSigned('application'));
  }

  async function start(socket: Socket): Promise<void> {
    const listener = await listenAt(socket, await selfSigned('application'));
    open.set(addressOf(socket), { behaviour: textOf(socket), close: listener });
  }

  async function endApart(kind: Socket['behaviour']['kind']): Promise<void> {
    const { end } = apart.get(kind) ?? nobody;
    apart.delete(kind);
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
