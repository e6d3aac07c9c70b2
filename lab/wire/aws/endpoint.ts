import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { RecordedCall } from '../../lab.ts';
import type { World } from '../../world.ts';
import { listen } from '../listen.ts';
import { callerArn, signedService } from './credential.ts';
import { countRefusals } from './refusals.ts';
import type { AwsAnswer, AwsRequest, Service } from './service.ts';
import { ServiceError } from './service-error.ts';
import { unservedService } from './unserved-service.ts';

/** All AWS services of the lab on one port. */
export interface AwsEndpoint {
  url: string;
  /** Answers from this world from now on; its refusals are counted anew. */
  apply(world: World): void;
  close(): Promise<void>;
}

interface EndpointOptions {
  /** By the name in the credential scope, which is also the prefix of the IAM actions. */
  services: Record<string, Service>;
  /** Takes a token for a call; false = throttled. */
  admit(service: string, action: string): boolean;
  record(call: RecordedCall): void;
}

/** Serves AWS on 127.0.0.1; the service is read from the signature of each request. */
export async function serveAws(world: World, { services, admit, record }: EndpointOptions): Promise<AwsEndpoint> {
  let current = world;
  let refusal = countRefusals(world.refusals);

  async function handle(request: AwsRequest): Promise<AwsAnswer> {
    const name = signedService(request);
    if (name === undefined) {
      const error = new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
      return unservedService(request).protocol.fail(error);
    }
    const service = services[name] ?? unservedService(request);
    const call = service.protocol.read(request);
    const answer = await attempt(service, name, request);
    record({ service: name, ...call, status: answer.status });
    return answer;
  }

  async function attempt(service: Service, name: string, request: AwsRequest): Promise<AwsAnswer> {
    const call = service.protocol.read(request);
    const action = `${name}:${call.action}`;
    try {
      const refused = refusal(action);
      if (refused === 'AccessDenied') throw service.denied(deniedSentence(current.account, action));
      if (refused === 'Throttling' || !admit(name, call.action)) throw service.throttled();
      return await service.answer(call, request, current);
    } catch (error) {
      if (error instanceof ServiceError) return service.protocol.fail(error);
      const bug = new ServiceError('InternalFailure', `The lab failed at ${action}: ${String(error)}`, 500);
      return service.protocol.fail(bug);
    }
  }

  const server = createServer(async (request, response) => send(response, await handle(await receive(request))));
  const { port, close } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    apply(next) {
      current = next;
      refusal = countRefusals(next.refusals);
    },
    close,
  };
}

const deniedSentence = (account: string, action: string): string =>
  `User: ${callerArn(account)} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;

async function receive(request: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function send(response: ServerResponse, { status, headers, body }: AwsAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
