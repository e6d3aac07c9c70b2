import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
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
  dispatcher: Dispatcher;
  signal: AbortSignal;
}

const mostBytesOfFailure = 64 * 2 ** 10;
const unzip = promisify(gunzip);

/**
 * Sends the request and gives the text of the answer. Follows no redirect, believes no other content type, stops at
 * `mostBytes`; throws ApiFailure for a status that is not 200 and InvalidAnswer for an answer that cannot be used.
 */
export async function exchange({ url, token, accept, dispatcher, signal, ...limits }: Exchange): Promise<string> {
  const { statusCode, headers, body } = await request(url, {
    dispatcher,
    signal,
    // The API server negotiates a log as it does an object, and refuses a request for text/plain alone with 406.
    headers: {
      authorization: `Bearer ${token}`,
      accept: accept === 'text/plain' ? '*/*' : accept,
      'accept-encoding': 'gzip',
    },
  });
  const isGood = statusCode === 200;
  const most = isGood ? limits.mostBytes : mostBytesOfFailure;
  const text = await decode(await upTo(body, most), headers['content-encoding'], most);
  if (statusCode >= 300 && statusCode < 400) {
    throw new InvalidAnswer(`the API server answered with a redirect (status ${statusCode}), which is not followed`);
  }
  if (!isGood) throw new ApiFailure(statusCode, text, retryAfterOf(headers['retry-after']));
  refuseOther(accept, headers['content-type']);
  return text;
}

async function upTo(body: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop closes the connection.
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

async function decode(sent: Buffer, encoding: unknown, most: number): Promise<string> {
  if (encoding === undefined || encoding === 'identity') return sent.toString();
  if (encoding !== 'gzip') throw new InvalidAnswer(`the answer is encoded as ${encoding}, which was not requested`);
  try {
    return (await unzip(sent, { maxOutputLength: most })).toString();
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
