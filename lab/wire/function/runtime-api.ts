import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../listen.ts';
import type { Answer, FunctionError, Invoke, Startup } from './message.ts';

/** Lambda's Runtime API for one execution environment (Lambda developer guide, "Using the Lambda runtime API"). */
export interface RuntimeApi {
  /** For `AWS_LAMBDA_RUNTIME_API`. */
  address: string;
  /** Settled when the runtime asks for the first invocation, or says that it cannot start. */
  loaded: Promise<Startup>;
  /** Gives an invocation to the runtime and waits for its response or error. */
  invoke(invoke: Invoke): Promise<Answer>;
  close(): Promise<void>;
}

const base = '/2018-06-01/runtime';

/** Opens the API on loopback; `functionArn` is told with each invocation. */
export async function openRuntimeApi(functionArn: string): Promise<RuntimeApi> {
  const { promise: loaded, resolve: load } = Promise.withResolvers<Startup>();
  let underway: { invoke: Invoke; resolve(answer: Answer): void } | undefined;
  let waiting: ServerResponse | undefined;

  function handOver(): void {
    if (underway === undefined || waiting === undefined) return;
    const { requestId, deadline, event } = underway.invoke;
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadline),
      'lambda-runtime-invoked-function-arn': functionArn,
      'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0',
    });
    waiting.end(JSON.stringify(event));
    waiting = undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.slice(base.length);
    if (path === '/invocation/next') {
      waiting = response;
      load({ started: true });
      return handOver();
    }
    const body: unknown = JSON.parse((await text(request)) || 'null');
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (path === '/init/error') return load({ error: errorOf(body) });
    const [, , requestId, outcome] = path?.split('/') ?? [];
    if (requestId !== underway?.invoke.requestId) return;
    underway?.resolve(outcome === 'response' ? { value: body } : { error: errorOf(body) });
    underway = undefined;
  }

  const { port, close } = await listen(createServer((request, response) => void answer(request, response)));
  return {
    address: `127.0.0.1:${port}`,
    loaded,
    invoke(invoke) {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      underway = { invoke, resolve };
      handOver();
      return promise;
    },
    close,
  };
}

/** The runtime names its members as Lambda does, but for the trace. */
function errorOf(body: unknown): FunctionError {
  const { errorType, errorMessage, stackTrace, trace = stackTrace } = body as FunctionError & { stackTrace?: string[] };
  return { errorType, errorMessage, ...(trace && { trace }) };
}
