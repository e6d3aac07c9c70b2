/** Serves targets on every loopback address in a process of its own until its input ends, and prints their ports as JSON. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { selfSigned } from '../../../lab/wire/certificates.ts';
import type { TargetPorts } from './probes.ts';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';
const greet = (socket: net.Socket): void => void socket.on('error', () => {}).once('data', () => socket.end(answer));

const ports: TargetPorts = {
  silent: await silentPort(),
  http: await portOf(net.createServer(greet)),
  https: await portOf(tls.createServer(await selfSigned('application'), greet).on('tlsClientError', () => {})),
};
console.log(JSON.stringify(ports));
process.stdin.resume().once('end', () => process.exit(0));

async function portOf(server: net.Server): Promise<number> {
  server.listen({ host: '0.0.0.0', port: 0, backlog: 4096 });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A port that drops every SYN: its accept queue is full, and its process, which ends with this one, never accepts. */
async function silentPort(): Promise<number> {
  const program = `const net=require('net');const s=net.createServer();s.listen({host:'0.0.0.0',port:0,backlog:1},()=>{process.stdout.write(String(s.address().port));require('fs').readSync(0,Buffer.alloc(1))})`;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [text] = await once(holder.stdout, 'data');
  const fill = Array.from({ length: 3 }, () => net.connect(Number(text), '127.0.0.1').on('error', () => {}));
  await Promise.all(fill.slice(0, 2).map((socket) => once(socket, 'connect')));
  return Number(text);
}
