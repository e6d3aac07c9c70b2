import { readSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Program of the child process behind silent targets. Arguments: `address:port` each. It listens with the shortest
 * accept queue, says so, and then never runs its event loop again, so that nothing is ever accepted. It blocks in a
 * read of its standard input, which ends when the parent closes it or dies, however it dies.
 */
const listening = process.argv.slice(2).map((target) => {
  const [host, port] = target.split(':');
  return new Promise<void>((resolve, reject) => {
    createServer()
      .once('error', reject)
      .listen({ host, port: Number(port), backlog: 1 }, resolve);
  });
});

try {
  await Promise.all(listening);
  writeSync(1, 'listening\n');
  readSync(0, Buffer.alloc(1));
} catch (error) {
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  writeSync(1, `${JSON.stringify({ code, address, port })}\n`);
}
process.exit();
