import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type FrontDoor, frontDoors } from '../../lab/physics/clients.ts';
import { openFrontDoors, patience } from '../../lab/wire/targets/front-doors.ts';
import type { World } from '../../lab/world/world.ts';

/**
 * Connects as clients do, through every node of the load balancer of these target groups, once for each target in turn; an empty list
 * where each connection is answered, else what became of those that are not.
 */
export async function turnedAway(world: World, targetGroupArns: readonly string[]): Promise<string[]> {
  const all = frontDoors(world).filter((door) => door.targetGroupArns.some((arn) => targetGroupArns.includes(arn)));
  const inDns = all.filter(({ hasHealthy }) => hasHealthy);
  const doors = inDns.length > 0 ? inDns : all;
  if (doors.length === 0) return [];
  const open = await openFrontDoors(doors);
  try {
    const answers = await Promise.all(doors.map(throughDoor));
    return answers.flat();
  } finally {
    await open.close();
  }
}

async function throughDoor(door: FrontDoor): Promise<string[]> {
  const failed: string[] = [];
  for (let turn = 0; turn < Math.max(1, door.backends.length); turn += 1) {
    // One after the other, so that each target has its turn.
    const plain = await askPatiently(door, door.endsTls);
    if (plain === 'served') continue;
    failed.push(`${door.address}:${door.port} ${plain}`);
  }
  if (failed.length === 0 || door.endsTls) return failed;
  // Clients know whether the application speaks TLS.
  const encrypted: string[] = [];
  for (let turn = 0; turn < door.backends.length; turn += 1) {
    const answer = await askPatiently(door, true);
    if (answer !== 'served') encrypted.push(answer);
  }
  return door.backends.length > 0 && encrypted.length === 0 ? [] : failed;
}

/** A 400 is what an application makes of bytes that are not for it, such as a header that it does not expect. */
const misunderstood = /^HTTP\/1\.[01] (400|5\d\d)/;

/** Clients use the name that the application goes by. */
const nameOf = ({ address, backends }: FrontDoor): string =>
  backends.flatMap(({ behaviour }) => (behaviour?.kind === 'http' ? (behaviour.allowedHosts ?? []) : []))[0] ?? address;

/** A machine that is busy may be late to connect: who is kept out is so when there is time as well. */
async function askPatiently(door: FrontDoor, tls: boolean): Promise<string> {
  const answer = await ask(door, { tls, waitMs: 5 * patience });
  return answer === 'no connection' ? ask(door, { tls, waitMs: 20 * patience }) : answer;
}

function ask(door: FrontDoor, { tls, waitMs }: { tls: boolean; waitMs: number }): Promise<string> {
  const { address, port } = door;
  return new Promise((resolve) => {
    const raw: Socket = connect({ host: address, port });
    const socket = tls ? connectTls({ socket: raw, rejectUnauthorized: false }) : raw;
    const end = (outcome: string): void => {
      clearTimeout(timer);
      raw.destroy();
      resolve(outcome);
    };
    // A server that waits for its own protocol takes the connection and says nothing; one without an answer is cut before.
    const timer = setTimeout(() => end(isConnected ? 'served' : 'no connection'), waitMs);
    let isConnected = false;
    socket.on(tls ? 'secureConnect' : 'connect', () => {
      isConnected = true;
      socket.write(`GET / HTTP/1.1\r\nhost: ${nameOf(door)}\r\nconnection: close\r\n\r\n`);
    });
    socket.on('data', (data: Buffer) =>
      end(
        misunderstood.test(data.toString('latin1'))
          ? `answered ${data.toString('latin1').slice(0, 40).split('\r')[0]}`
          : 'served',
      ),
    );
    for (const each of new Set([raw, socket])) {
      each.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
      each.on('close', () => end('closed without an answer'));
    }
  });
}
