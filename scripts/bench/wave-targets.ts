/** Targets for waves of probes on one port each of every loopback address, in a process of their own; prints the ports as JSON. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';
const reply = (socket: net.Socket): void => {
  socket.on('error', () => {}).once('data', () => socket.end(answer));
};
const { private: key, cert } = await generate([{ name: 'commonName', value: 'target' }]);
const portOf = async (server: net.Server): Promise<number> => {
  server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 });
  await once(server, 'listening');
  return (server.address() as net.AddressInfo).port;
};

const program = `const s=require('net').createServer();s.listen({host:'0.0.0.0',port:0,backlog:1},()=>process.stdout.write(String(s.address().port)))`;
const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
const [text] = (await once(holder.stdout, 'data')) as [Buffer];
const silent = Number(text.toString());
holder.kill('SIGSTOP');
const fill = [1, 2].map(() => net.connect(silent, '127.0.0.1').on('error', () => {}));
await Promise.all(fill.map((socket) => once(socket, 'connect')));
process.on('SIGTERM', () => {
  holder.kill('SIGKILL');
  process.exit(0);
});

console.log(
  JSON.stringify({
    open: await portOf(net.createServer(reply)),
    tls: await portOf(tls.createServer({ key, cert }, reply).on('tlsClientError', () => {})),
    silent,
  }),
);
