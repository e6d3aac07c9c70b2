import type { Socket } from 'node:net';

const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n');
const fixedLength = 16;

/**
 * Takes a Proxy Protocol v2 header off the front of a connection and puts back what follows it (haproxy
 * `doc/proxy-protocol.txt`, section 2.2). Answers, with the connection paused, whether there was a header.
 */
export function takeProxyHeader(socket: Socket, then: (present: boolean) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', function read(chunk: Buffer) {
    received = Buffer.concat([received, chunk]);
    const length = headerLength(received);
    if (length === 'unknown') return;
    socket.off('data', read);
    socket.pause();
    const rest = received.subarray(length);
    if (rest.length > 0) socket.unshift(rest);
    then(length > 0);
  });
}

function headerLength(received: Buffer): number | 'unknown' {
  const seen = received.subarray(0, signature.length);
  if (!seen.equals(signature.subarray(0, seen.length))) return 0;
  if (received.length < fixedLength) return 'unknown';
  const length = fixedLength + received.readUInt16BE(14);
  return received.length < length ? 'unknown' : length;
}

/** A Proxy Protocol v2 header for a TCP connection over IPv4, from 10.0.0.1:40000 to 10.0.0.2:80. */
export const proxyHeader: Buffer = Buffer.concat([
  signature,
  Buffer.from([0x21, 0x11, 0, 12, 10, 0, 0, 1, 10, 0, 0, 2, 0x9c, 0x40, 0, 80]),
]);
