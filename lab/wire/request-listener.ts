import type { IncomingHttpHeaders, IncomingMessage, RequestListener } from 'node:http';

/** An HTTP request with its body read to the end. */
export interface HttpRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A whole HTTP answer. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** In place of `body`, for what is no text. */
  bytes?: Buffer;
}

/** Makes a server's request listener of a function from request to answer. */
export function requestListener(answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>): RequestListener {
  return async (request, response) => {
    const body = await read(request);
    if (body === undefined) return;
    const { method = 'GET', url = '/', headers } = request;
    const given = await answer({ method, url, headers, body });
    const sent = given.bytes ?? Buffer.from(given.body);
    response.writeHead(given.status, { ...given.headers, 'content-length': sent.length }).end(sent);
  };
}

/** The body, or nothing where the client went away in the middle of it. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  try {
    return Buffer.concat(await request.toArray());
  } catch {
    return undefined;
  }
}
