import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Binds a TCP server (port 0 = any free one); `close` also cuts its open connections. */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  await once(server.listen({ host, port }), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      for (const socket of connections) socket.destroy();
      await once(server, 'close');
    },
  };
}
