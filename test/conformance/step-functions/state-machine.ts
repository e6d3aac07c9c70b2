import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HttpAnswer, requestListener } from '../../../lab/wire/request-listener.ts';

/** What Step Functions calls, as moto calls it: Lambda's Invoke, and GetObject of S3. */
export interface Callees {
  /** By the ARN of the function; an error as Lambda names it. */
  invoke(functionArn: string, event: unknown): Promise<{ value: unknown } | { error: { errorType: string } }>;
  /** `undefined` where there is no such object. */
  read(key: string): Buffer | undefined;
}

/** Serves the callees at a free port of loopback. */
export async function serveCallees({ invoke, read }: Callees): Promise<{ port: number; close(): void }> {
  const server = createServer(
    requestListener(async ({ method, url, body }): Promise<HttpAnswer> => {
      const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(url) ?? [];
      if (name !== undefined) {
        const answer = await invoke(decodeURIComponent(name), JSON.parse(body.toString()));
        return 'value' in answer
          ? json(answer.value)
          : { ...json(answer.error), headers: { 'x-amz-function-error': 'Unhandled' } };
      }
      const [, key = ''] = new URL(url, 'http://s3').pathname.slice(1).split(/\/(.*)/);
      const bytes = method === 'GET' ? read(decodeURIComponent(key)) : undefined;
      return bytes === undefined
        ? { status: 404, headers: {}, body: '' }
        : { status: 200, headers: {}, body: '', bytes };
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const json = (value: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export interface Execution {
  status: string;
  /** What the last state answered, or why the execution failed. */
  output?: string;
  error?: string;
  cause?: string;
}

/** Runs a state machine in moto to its end. */
export async function execute(url: string, definition: object, input: object): Promise<Execution> {
  await fetch(`${url}/moto-api/config`, {
    method: 'POST',
    body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }),
  });
  const { stateMachineArn } = await call(url, 'CreateStateMachine', {
    name: `run-${randomUUID()}`,
    definition: JSON.stringify(definition),
    roleArn: 'arn:aws:iam::111122223333:role/run',
  });
  const { executionArn } = await call(url, 'StartExecution', {
    stateMachineArn,
    name: randomUUID(),
    input: JSON.stringify(input),
  });
  for (;;) {
    const execution = (await call(url, 'DescribeExecution', { executionArn })) as unknown as Execution;
    if (execution.status !== 'RUNNING') return execution;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function call(url: string, action: string, parameters: object): Promise<Record<string, string>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${action}`,
      // moto finds the service in the scope of the signature and checks no signature.
      authorization:
        'AWS4-HMAC-SHA256 Credential=moto/20261122/eu-west-1/states/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(parameters),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${action}: ${text}`);
  return JSON.parse(text);
}
