import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import type { Backend, FrontDoor } from '../../physics/clients.ts';
import type { AudibleBehaviour } from '../../world/world.ts';
import { type KeyPair, selfSigned } from '../certificates.ts';
import { listen } from '../listen-tcp.ts';
import { addressError } from './address-error.ts';
import { connectionHandler } from './connection-handler.ts';
import { proxyHeader } from './proxy-protocol.ts';

/** The listeners of Network Load Balancers, which take connections of clients to targets. */
export interface FrontDoors {
  close(): Promise<void>;
}

/** Milliseconds after which a connection that no packet answers is cut, so that clients need not wait for a time-out. */
export const patience = 400;

/** Opens these doors: each connection goes to the next target in turn. Throws with a remedy where an address cannot be bound. */
export async function openFrontDoors(doors: FrontDoor[]): Promise<FrontDoors> {
  const certificate = await selfSigned('application');
  const open: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => void (await Promise.all(open.splice(0).map((each) => each.close())));
  try {
    for (const door of doors) open.push(await openDoor(door, certificate, open));
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

async function openDoor(
  { address, port, endsTls, backends }: FrontDoor,
  certificate: KeyPair,
  open: { close(): Promise<void> }[],
): Promise<{ close(): Promise<void> }> {
  const targets = await Promise.all(
    backends.map(async (backend) => {
      const server = applicationOf(backend, certificate);
      if (server === undefined) return { backend, port: 0 };
      const listening = await listen(server, { host: '127.0.0.1', port: 0 });
      open.push(listening);
      return { backend, port: listening.port };
    }),
  );
  let turn = 0;
  const serve = (client: Socket): void => {
    client.on('error', () => undefined);
    const target = targets[turn++ % targets.length];
    if (target === undefined || target.backend.behaviour === undefined) client.resetAndDestroy();
    else if (target.port === 0) void pause(patience).then(() => client.destroy());
    else join(client, target.backend, target.port);
  };
  const server = endsTls ? createTlsServer(certificate, serve) : createServer(serve);
  try {
    return await listen(server, { host: address, port });
  } catch (error) {
    throw addressError(error as NodeJS.ErrnoException, address, port);
  }
}

/** What listens at the target, on an address of its own; undefined where nothing answers. */
function applicationOf({ behaviour }: Backend, certificate: KeyPair): Server | undefined {
  const audible = behaviour?.kind === 'lossy' ? behaviour.behaviour : behaviour;
  if (audible === undefined || audible.kind === 'silent') return undefined;
  const handle = connectionHandler(audible as AudibleBehaviour, certificate);
  return createServer((socket) => {
    socket.on('error', () => undefined);
    handle(socket);
  });
}

function join(client: Socket, { sendsHeader, encrypts }: Backend, port: number): void {
  const plain = connect(port, '127.0.0.1');
  if (sendsHeader) plain.write(proxyHeader);
  const target = encrypts ? connectTls({ socket: plain, rejectUnauthorized: false }) : plain;
  for (const socket of [plain, target]) socket.on('error', () => client.destroy());
  target.on('close', () => client.end());
  client.on('close', () => plain.destroy());
  client.pipe(target).pipe(client);
}
