import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, createServer, type Server as NetServer, type Socket } from 'node:net';

/** A server whose connections can be broken below TLS. */
export interface Front {
  port: number;
  /** The caller's end of the connection over which a request came. */
  socketOf(remotePort: number | undefined): Socket;
  close(): void;
}

/** Listens on 127.0.0.1 and passes every connection on to `inner`, byte by byte. */
export async function openFront(inner: Server): Promise<Front> {
  const sockets = new Map<number, Socket>();
  inner.keepAliveTimeout = 60_000;
  const innerPort = await listening(inner);
  const outer = createServer((socket) => {
    const through = connect(innerPort, '127.0.0.1', () => sockets.set(through.localPort ?? 0, socket));
    socket.pipe(through).pipe(socket);
    for (const [end, other] of [
      [socket, through],
      [through, socket],
    ] as const) {
      end.on('error', () => other.destroy());
      end.on('close', () => other.destroy());
    }
  });
  return {
    port: await listening(outer),
    socketOf(remotePort) {
      const socket = sockets.get(remotePort ?? 0);
      if (socket === undefined) throw new Error(`no connection from port ${remotePort}`);
      return socket;
    },
    close() {
      for (const socket of sockets.values()) socket.destroy();
      outer.close();
      inner.close();
    },
  };
}

async function listening(
  server: Pick<NetServer, 'listen' | 'address' | 'once'> & NodeJS.EventEmitter,
): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
