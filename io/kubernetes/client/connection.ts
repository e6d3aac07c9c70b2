import { Agent } from 'node:https';
import pLimit from 'p-limit';
import type { Cluster } from '../../../core/model/aws.ts';
import { InvalidAnswer } from '../../aws/read-error.ts';
import { isThrottle } from '../../aws/refusal.ts';
import { count, type Usage } from '../../aws/usage.ts';
import { JsonOutOfBounds, parseJson } from '../../parse-json.ts';
import { type Exchange, exchange } from './exchange.ts';
import { type Pool, pool } from './pool.ts';
import { retrying } from './retry.ts';

/** One read of the Kubernetes API. */
export interface ApiRead {
  /** Verb and resource, for example `list pods`. */
  action: string;
  path: string;
  query?: Record<string, string | number | boolean>;
  /** Bytes that are read at most; 64 MiB by default, well above a page of 500 large pods. */
  mostBytes?: number;
  /** Ends this read before the signal of the connection does. */
  signal?: AbortSignal;
}

/** The API server of one cluster, read over a few kept-alive TLS connections. */
export interface Connection {
  /** Parsed JSON of the answer. Four requests at a time, each counted as `kubernetes:<action>` and repeated where that helps. */
  json(read: ApiRead): Promise<unknown>;
  /** The same for plain text. */
  text(read: ApiRead): Promise<string>;
  /** Values of this cluster that are alike are kept once. */
  pool: Pool;
  signal: AbortSignal;
  /** Ends what is still being read. */
  close(): void;
}

export interface ConnectionOptions {
  cluster: Cluster;
  token: () => Promise<string>;
  /** Ends every request when it aborts. */
  signal: AbortSignal;
  usage: Usage;
}

const parallel = 4;
const largestAnswer = 64 * 2 ** 20;

/**
 * Opens a connection with the endpoint and the certificate authority of DescribeCluster. The generated client of
 * `@kubernetes/client-node` gives the types of the answers only: it keeps every field of every object, opens a TLS connection
 * for each request with `KubeConfig`, and follows redirects (2.0.1: `ObjectSerializer`, config.js, http/isomorphic-fetch.js).
 */
export function openConnection({ cluster, token, usage, ...options }: ConnectionOptions): Connection {
  const closed = new AbortController();
  const signal = AbortSignal.any([options.signal, closed.signal]);
  const ca = Buffer.from(cluster.certificateAuthority, 'base64').toString();
  const agent = new Agent({ ca, keepAlive: true, maxSockets: parallel });
  const limit = pLimit(parallel);

  const get = async (
    { action, path, query = {}, mostBytes = largestAnswer, ...own }: ApiRead,
    accept: Exchange['accept'],
  ): Promise<string> => {
    const url = addressOf(cluster, path, query);
    const until = own.signal ?? signal;
    const attempt = async (): Promise<string> => {
      until.throwIfAborted();
      count(usage, `kubernetes:${action}`);
      try {
        return await exchange({ url, token: await token(), accept, mostBytes, agent, signal: until });
      } catch (error) {
        if (isThrottle(error)) usage.throttles += 1;
        throw error;
      }
    };
    return retrying(() => limit(attempt), until);
  };

  return {
    json: async (read) => parse(await get(read, 'application/json')),
    text: (read) => get(read, 'text/plain'),
    pool: pool(),
    signal,
    close() {
      closed.abort();
      agent.destroy();
    },
  };
}

/** A token is sent over TLS only. */
function addressOf({ endpoint, name }: Cluster, path: string, query: NonNullable<ApiRead['query']>): URL {
  const base = URL.parse(endpoint);
  if (base?.protocol !== 'https:') throw new InvalidAnswer(`the endpoint of ${name} is not an https address`);
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}

function parse(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonOutOfBounds) throw new InvalidAnswer(`the answer ${error.message}`);
    // The parser's own message repeats a part of the answer.
    throw new InvalidAnswer('the answer is not valid JSON');
  }
}
