import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { withToken } from './paging.ts';
import { type Answer, type Reason, refusal } from './refusal.ts';
import type { Strike } from './strike.ts';

/** One way in which a call goes wrong. */
export interface Fault {
  id: string;
  /** For readers of docs/reliability.md. */
  says: string;
  /** True where one more try is enough, so that nothing may be lost. */
  passes?: true;
  strike(strike: Strike): Promise<void> | void;
}

const refuse =
  (reason: Reason) =>
  ({ api, send }: Strike): void =>
    send(refusal(api, reason));

const altered =
  (alter: (answer: Answer, strike: Strike) => Answer) =>
  async (strike: Strike): Promise<void> =>
    strike.send(alter(await strike.forward(), strike));

const mebibyte = Buffer.alloc(2 ** 20, ' ');
function* endless(): Generator<Buffer> {
  for (;;) yield mebibyte;
}

const html = Buffer.from('<!DOCTYPE html><html><body>Please sign in.</body></html>');

/** Every way in which a call goes wrong; each strikes every try of the call unless it says otherwise. */
export const faults: Fault[] = [
  {
    id: 'throttle-once',
    says: 'the first request is throttled',
    passes: true,
    async strike({ api, times, send, forward }) {
      send(times === 1 ? refusal(api, 'throttled') : await forward());
    },
  },
  { id: 'throttle', says: 'every request is throttled', strike: refuse('throttled') },
  { id: '500', says: 'internal failure of the service', strike: refuse('failed') },
  { id: 'hang', says: 'no answer comes', strike() {} },
  { id: 'reset', says: 'the connection is reset', strike: ({ socket }) => void socket.resetAndDestroy() },
  {
    id: 'truncated',
    says: 'the connection ends in the middle of the answer',
    async strike({ forward, response, socket }) {
      const { status, headers, body } = await forward();
      response.writeHead(status, { ...headers, 'content-length': body.length + 1 });
      response.write(body.subarray(0, body.length / 2), () => setTimeout(() => socket.destroy(), 20));
    },
  },
  {
    id: 'malformed',
    says: 'half of the answer as if it were whole',
    strike: altered((answer) => ({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) })),
  },
  { id: 'denied', says: 'no permission', strike: refuse('denied') },
  {
    id: 'empty',
    says: 'status 200 without a body',
    strike: altered((answer) => ({ ...answer, body: Buffer.alloc(0) })),
  },
  {
    id: 'endless-pages',
    says: 'there is always one more page',
    strike: altered((answer, { api, times }) => withToken(api, answer, `page-${times}`)),
  },
  {
    id: 'same-token',
    says: 'every page names the same next one',
    strike: altered((answer, { api }) => withToken(api, answer, 'again')),
  },
  { id: 'expired', says: 'expired credentials; in Kubernetes an expired continue token', strike: refuse('expired') },
  { id: 'skew', says: 'the clock is wrong; in Kubernetes an unknown identity', strike: refuse('skewed') },
  {
    id: 'giant',
    says: 'an answer without end',
    async strike({ forward, response }) {
      const { status, headers } = await forward();
      response.writeHead(status, headers);
      // The caller hangs up when it has had enough.
      await pipeline(Readable.from(endless()), response).catch(() => undefined);
    },
  },
  {
    id: 'drip',
    says: 'one byte of the answer every 100 ms',
    async strike({ forward, response }) {
      const { status, headers, body } = await forward();
      response.writeHead(status, { ...headers, 'content-length': body.length });
      for (let at = 0; at < body.length && !response.destroyed; at += 1) {
        response.write(body.subarray(at, at + 1));
        await pause(100);
      }
      response.end();
    },
  },
  {
    id: 'html',
    says: 'a sign-in page with status 200',
    strike: ({ send }) => send({ status: 200, headers: { 'content-type': 'text/html' }, body: html }),
  },
  {
    id: 'redirect',
    says: 'a redirect to another place',
    strike: ({ send, trap }) => send({ status: 302, headers: { location: trap }, body: Buffer.alloc(0) }),
  },
  {
    id: 'tls',
    says: 'bytes that are no TLS, or no HTTP where there is none',
    strike({ socket }) {
      // A record of application data that no key fits.
      socket.end(Buffer.concat([Buffer.from([0x17, 0x03, 0x03, 0x00, 0x20]), Buffer.alloc(32, 7)]));
    },
  },
];
