/** As many TLS handshakes by Node.js with nothing around them but a request; prints what they took as JSON. */
import { once } from 'node:events';
import tls from 'node:tls';
import { addressOf } from './probes-address.ts';

const [port = 0, count = 0] = process.argv.slice(2).map(Number);
/** Below the limit of 1,024 file descriptors. */
const atOnce = 900;
// The curves of the prober, one context for all: nothing is left out that would be cheaper without.
const secureContext = tls.createSecureContext({ ecdhCurve: 'X25519:P-256:P-384:P-521' });
let next = 0;

async function work(): Promise<void> {
  for (let index = next++; index < count; index = next++) {
    const socket = tls.connect({ host: addressOf(index), port, rejectUnauthorized: false, secureContext });
    socket.once('secureConnect', () => socket.write('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'));
    socket.once('data', () => socket.destroy());
    await once(socket, 'close');
  }
}

const [cpu, began] = [process.cpuUsage(), performance.now()];
await Promise.all(Array.from({ length: atOnce }, work));
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ wallMs: performance.now() - began, cpuMs: (user + system) / 1000 }));
