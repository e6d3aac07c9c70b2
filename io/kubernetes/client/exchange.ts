import type { IncomingMessage } from 'node:http';
import { type Agent, get } from 'node:https';
import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { InvalidAnswer, TooLarge } from '../../aws/read-error.ts';
import { ApiFailure, retryAfterOf } from './api-failure.ts';

/** One GET. */
export interface Exchange {
  url: URL;
  token: string;
  /** Content type of the answer. */
  accept: 'application/json' | 'text/plain';
  /** Bytes of a good answer, unpacked, that are read at most. */
  mostBytes: number;
  agent: Agent;
  signal: AbortSignal;
}

const mostBytesOfFailure = 64 * 2 ** 10;
const unzip = promisify(gunzip);

/** Names of one coding, in any case (RFC 9110, sections 8.4.1 and 8.4.1.3). */
const gzipCodings: ReadonlySet<string> = new Set(['gzip', 'x-gzip']);

/**
 * Sends the request and gives the text of the answer. Follows no redirect, believes no other content type, stops at
 * `mostBytes`; throws ApiFailure for a status that is not 200 and InvalidAnswer for an answer that cannot be used.
 */
export async function exchange({ mostBytes, ...request }: Exchange): Promise<string> {
  const answer = await send(request);
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200) throw await failureOf(answer, request.signal);
  const sent = await wholeOf(answer, mostBytes);
  const text = await decode(sent, headers['content-encoding'], mostBytes);
  refuseOther(request.accept, headers['content-type']);
  return text;
}

/** What a status other than 200 means. It counts whatever follows it: a text that is long, broken or badly encoded is cut or left out. */
async function failureOf(answer: IncomingMessage, signal: AbortSignal): Promise<InvalidAnswer | ApiFailure> {
  const { statusCode = 0, headers } = answer;
  if (statusCode >= 300 && statusCode < 400) {
    answer.destroy();
    return new InvalidAnswer(`the API server answered with a redirect (status ${statusCode}), which is not followed`);
  }
  const body = await beginningOf(answer).catch(() => '');
  signal.throwIfAborted();
  return new ApiFailure(statusCode, body, retryAfterOf(headers['retry-after']));
}

async function beginningOf(answer: IncomingMessage): Promise<string> {
  const { bytes } = await upTo(answer, mostBytesOfFailure);
  return decode(bytes, answer.headers['content-encoding'], mostBytesOfFailure, constants.Z_SYNC_FLUSH);
}

async function wholeOf(answer: IncomingMessage, most: number): Promise<Buffer> {
  const { bytes, isWhole } = await upTo(answer, most);
  if (!isWhole) throw tooLarge(most);
  return bytes;
}

/** Milliseconds for a TCP and TLS connection; then for the head of the answer, and between two pieces of it. */
const connectMs = 3000;
const answerMs = 10_000;

/** What did not come in time. */
class TimedOut extends Error {
  override name = 'TimeoutError';
}

/** Gives the answer once its head is there. */
function send({ url, token, accept, agent, signal }: Omit<Exchange, 'mostBytes'>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = (milliseconds: number, what: string): void => {
      clearTimeout(timer);
      const end = (): void => void request.destroy(new TimedOut(`no ${what} within ${milliseconds} ms`));
      timer = setTimeout(end, milliseconds);
    };
    const request = get(url, {
      agent,
      signal,
      // The API server negotiates a log as it does an object, and refuses a request for text/plain alone with 406.
      headers: {
        authorization: `Bearer ${token}`,
        accept: accept === 'text/plain' ? '*/*' : accept,
        'accept-encoding': 'gzip',
      },
    });
    request.once('socket', (socket) => {
      if (!socket.connecting) return wait(answerMs, 'answer');
      wait(connectMs, 'connection');
      socket.once('secureConnect', () => wait(answerMs, 'answer'));
    });
    request.once('response', (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    request.once('close', () => clearTimeout(timer));
    request.on('error', reject);
  });
}

/** The first bytes of an answer, and whether it has no more. */
async function upTo(answer: IncomingMessage, most: number): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => answer.destroy(new TimedOut(`the answer stopped for ${answerMs} ms`)), answerMs);
  try {
    // Leaving the loop closes the connection.
    for await (const chunk of answer) {
      timer.refresh();
      length += chunk.length;
      chunks.push(chunk);
      if (length > most) break;
    }
  } finally {
    clearTimeout(timer);
  }
  return { bytes: Buffer.concat(chunks, Math.min(length, most)), isWhole: length <= most };
}

/** `finishFlush`: what the end of the input means to zlib; Z_SYNC_FLUSH accepts one that is cut off. */
async function decode(
  sent: Buffer,
  encoding = 'identity',
  most: number,
  finishFlush = constants.Z_FINISH,
): Promise<string> {
  const coding = encoding.toLowerCase();
  if (coding === 'identity') return sent.toString();
  if (!gzipCodings.has(coding))
    throw new InvalidAnswer(`the answer is encoded as ${encoding}, which was not requested`);
  try {
    return (await unzip(sent, { maxOutputLength: most, finishFlush })).toString();
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(most);
    throw new InvalidAnswer('the answer is not valid gzip', { cause: error });
  }
}

const tooLarge = (most: number): TooLarge =>
  new TooLarge(`the answer has more than ${most / 2 ** 10} KiB; the rest was not read`);

/** Logs of API servers come without a content type where they are empty. */
function refuseOther(accept: Exchange['accept'], given: string | string[] | undefined): void {
  const type = typeof given === 'string' ? given.split(';')[0]?.trim().toLowerCase() : undefined;
  if (type === accept || (type === undefined && accept === 'text/plain')) return;
  throw new InvalidAnswer(`the answer is ${type ?? 'of no content type'} instead of ${accept}`);
}
