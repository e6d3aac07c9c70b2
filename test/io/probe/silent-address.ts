import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

const listener = (address: string) => `
  const server = require('node:net').createServer();
  server.listen({ host: '${address}', port: 0, backlog: 1 }, () => process.stdout.write(String(server.address().port)));
`;

/**
 * A port whose SYNs are dropped by the kernel, without root: a stopped process listens there and its accept queue is
 * full. Calls `use` with the port and tidies up afterwards.
 */
export async function withSilentPort(address: string, use: (port: number) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, ['-e', listener(address)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [bytes] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(bytes.toString());
  child.kill('SIGSTOP');
  const queued = [1, 2].map(() => net.connect(port, address).on('error', () => {}));
  try {
    await Promise.all(queued.map((socket) => once(socket, 'connect')));
    await use(port);
  } finally {
    for (const socket of queued) socket.destroy();
    child.kill('SIGCONT');
    child.kill('SIGKILL');
  }
}
