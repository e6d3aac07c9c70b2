import { once } from 'node:events';
import net from 'node:net';
import type { ProbeRequest } from '../../core/model/probe-result.ts';

/** Opens a socket: the SYN leaves at once. Errors after the last listener are swallowed, as the exchange is over then. */
export function openSocket({ address, port }: ProbeRequest): net.Socket {
  const socket = net.connect({ host: address, port, noDelay: true });
  socket.on('error', () => {});
  return socket;
}

/** Waits for the end of the TCP handshake; rejects with the socket's error. */
export async function connected(socket: net.Socket): Promise<void> {
  await once(socket, 'connect');
}
