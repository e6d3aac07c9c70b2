import { Agent, request } from 'undici';

/** What the API server said. */
export interface ApiAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an API object or a Status
  body: any;
}

/** Speaks to an API server without a client library in between, with a token of its own choice. */
export interface AdminClient {
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object | string): Promise<ApiAnswer>;
}

export interface AdminOptions {
  endpoint: string;
  /** PEM. */
  ca: string;
  token: string;
}

/** Objects go out as JSON, text as YAML, changes as merge patches. */
export function adminClient({ endpoint, ca, token }: AdminOptions): AdminClient {
  const dispatcher = new Agent({ connect: { ca }, connections: 8 });
  return {
    async call(method, path, content) {
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const { statusCode, body } = await request(`${endpoint}${path}`, {
        method,
        dispatcher,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'content-type': typeof content === 'string' ? 'application/yaml' : type,
        },
        ...(content !== undefined && { body: typeof content === 'string' ? content : JSON.stringify(content) }),
      });
      const text = await body.text();
      const isJson = text.startsWith('{');
      return { status: statusCode, body: isJson ? JSON.parse(text) : text };
    },
  };
}
