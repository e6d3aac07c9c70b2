import type net from 'node:net';
import type { ProbeOutcome, ProbeRequest } from '../../core/model/probe-result.ts';
import { type HttpAnswer, readHttpAnswer, showFirstBytes } from './http-answer.ts';

/** How to ask. */
export interface HttpQuestion {
  request: ProbeRequest;
  /** Also waits for the body, of which at most 2 KB are kept; else only what came along with an error is kept. */
  keepBody: boolean;
  /** Called whenever bytes of the answer arrive. */
  onBytes(): void;
}

const longestBody = 2048;

/** Characters that are kept of what came along with an error. */
const longestExcerpt = 256;

/**
 * Sends one GET and reads the answer: one status line, no redirect followed. Resolves as soon as the outcome is
 * certain; rejects with the socket's error when it ends before that.
 */
export function askHttp(socket: net.Socket, question: HttpQuestion): Promise<ProbeOutcome> {
  const { request, keepBody, onBytes } = question;
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);

    socket.on('data', (bytes: Buffer) => {
      onBytes();
      received = Buffer.concat([received, bytes]);
      const answer = readHttpAnswer(received);
      if (isCertain(answer, keepBody)) resolve(outcome(answer, { received, keepBody }));
    });
    socket.on('end', () => {
      if (received.length === 0) return resolve({ kind: 'reset', phase: 'response' });
      // Where the peer stops talking the headers end too: hand-made servers forget the empty line.
      resolve(outcome(readHttpAnswer(Buffer.concat([received, emptyLine])), { received, keepBody }));
    });
    socket.on('error', (error) => {
      const answer = readHttpAnswer(received);
      if (answer.kind === 'incomplete') reject(error);
      else resolve(outcome(answer, { received, keepBody }));
    });
    socket.write(requestText(request));
  });
}

const emptyLine = Buffer.from('\r\n\r\n');

const isCertain = (answer: HttpAnswer, keepBody: boolean): boolean =>
  answer.kind === 'not-http' ||
  (answer.kind === 'http' && (!keepBody || answer.bodyEnded || answer.body.length >= longestBody));

function outcome(answer: HttpAnswer, { received, keepBody }: { received: Buffer; keepBody: boolean }): ProbeOutcome {
  if (answer.kind !== 'http') return { kind: 'not-http', firstBytes: showFirstBytes(received) };
  const { status, location, body } = answer;
  const excerpt = status < 400 ? '' : body.slice(0, longestExcerpt);
  return {
    kind: 'http',
    status,
    ...(location !== undefined && { location }),
    ...(keepBody ? { body: body.slice(0, longestBody) } : excerpt !== '' && { body: excerpt }),
  };
}

function requestText({ path, host, address, port }: ProbeRequest): string {
  const authority = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return [
    `GET ${path ?? '/'} HTTP/1.1`,
    `Host: ${host ?? authority}`,
    'User-Agent: eks-nlb-auditor',
    'Accept: */*',
    'Connection: close',
    '\r\n',
  ].join('\r\n');
}
