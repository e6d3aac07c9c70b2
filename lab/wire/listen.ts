import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Binds an HTTP or HTTPS server to 127.0.0.1 on `port` (0 = any free one); `close` also cuts its open connections. */
export async function listen(server: Server, port = 0): Promise<{ port: number; close(): Promise<void> }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
