import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { isPrivate } from './private-address.ts';

/** Milliseconds that a name server or a port gets to answer. */
const patienceMs = 3000;

/** How far a connection to a host got. */
export type Reach =
  | { kind: 'open'; address: string; private: boolean }
  | { kind: 'no-name'; code: string }
  | { kind: 'no-answer'; address: string; private: boolean; code: string };

/** Asks for the address of the host and opens a TCP connection to the first one. */
export async function reach(host: string, port: number): Promise<Reach> {
  let address: string;
  try {
    ({ address } = await lookup(host));
  } catch (error) {
    return { kind: 'no-name', code: codeOf(error) };
  }
  const place = { address, private: isPrivate(address) };
  const code = await connectTo(address, port);
  return code === undefined ? { kind: 'open', ...place } : { kind: 'no-answer', ...place, code };
}

function connectTo(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (code: string | undefined): void => {
      socket.destroy();
      resolve(code);
    };
    socket.setTimeout(patienceMs, () => finish('timeout'));
    socket.on('connect', () => finish(undefined));
    socket.on('error', (error) => finish(codeOf(error)));
  });
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
