import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Answer, Api } from './refusal.ts';

/** One request that a fault decides about. */
export interface Strike {
  api: Api;
  /** How often the call was made, this request included. */
  times: number;
  /** What is behind the proxy answers; a page that only the proxy knows is the first one again. */
  forward(): Promise<Answer>;
  send(answer: Answer): void;
  response: ServerResponse;
  /** The connection of the caller, below TLS. */
  socket: Socket;
  /** An address that nothing may go to. */
  trap: string;
}
