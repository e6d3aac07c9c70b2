import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedCall } from '../../lab.ts';
import type { World } from '../../world/world.ts';
import { listen } from '../listen.ts';
import { type HttpAnswer, type HttpRequest, requestListener } from '../request-listener.ts';
import { callerArn, signatureOf } from './credential.ts';
import type { Parameters } from './parameters.ts';
import { countRefusals } from './refusals.ts';
import type { AwsCall, Service } from './service.ts';
import { ServiceError } from './service-error.ts';
import { unservedService } from './unserved-service.ts';
import { worldFor } from './worlds.ts';

/** All AWS services of the lab on one port. */
export interface AwsEndpoint {
  url: string;
  /** Answers from this world from now on; its refusals are counted again. */
  apply(world: World): void;
  close(): Promise<void>;
}

interface EndpointOptions {
  /** By the name in the credential scope. */
  services: Record<string, Service>;
  /** Worlds of other accounts and Regions; the one that a request is for is read from its signature. */
  elsewhere?: World[];
  /** Takes a token for a call; false = throttled. */
  admit(service: string): boolean;
  /** Milliseconds before a service answers; at once when absent. */
  delayMs?(service: string): number;
  record(call: RecordedCall): void;
  /** Changes the world and lets everything follow; absent where the world stands still, and no call can change it. */
  change?(edit: (draft: World) => object): Promise<object>;
  /** Called before each answer. */
  onCall?(): void;
}

/** Prefixes of IAM actions that are not the name in the credential scope (Service Authorization Reference). */
const prefixes: Record<string, string> = { monitoring: 'cloudwatch' };

/** Calls that IAM knows by another name. */
const otherNames: Record<string, string> = { 's3:ListObjectsV2': 's3:ListBucket' };

const permissionOf = (service: string, action: string): string => {
  const permission = `${prefixes[service] ?? service}:${action}`;
  return otherNames[permission] ?? permission;
};

/** Serves AWS on 127.0.0.1; the service is read from the signature of each request. */
export async function serveAws(
  world: World,
  { services, elsewhere = [], admit, delayMs, record, change, onCall }: EndpointOptions,
): Promise<AwsEndpoint> {
  let current = world;
  const refusals = new Map([world, ...elsewhere].map((each) => [each, countRefusals(each.refusals)]));

  async function answer(request: HttpRequest): Promise<HttpAnswer> {
    const signature = signatureOf(request);
    const name = signature?.service ?? '';
    const service = services[name] ?? unservedService(request);
    if (signature === undefined) return service.protocol.fail(unsigned());
    const delay = delayMs?.(name) ?? 0;
    if (delay > 0) await pause(delay);
    onCall?.();
    let call: AwsCall = { action: '', parameters: {} };
    const given = await failing(service, () => {
      call = service.protocol.read(request);
      const there = worldFor(signature, [current, ...elsewhere]);
      if (there === undefined) throw notEnabled();
      refuse(service, name, { action: permissionOf(name, call.action), there });
      const act = service.writes?.[call.action];
      if (act !== undefined && change !== undefined && there === current)
        return carryOut(service, call, (draft) => act(parametersOf(call), draft));
      return service.answer(call, request, there);
    });
    record({ service: name, ...call, status: given.status, answer: given.body });
    return given;
  }

  async function carryOut(
    { protocol }: Service,
    { action }: AwsCall,
    edit: (draft: World) => object,
  ): Promise<HttpAnswer> {
    return protocol.write(action, (await change?.(edit)) ?? {});
  }

  function refuse(service: Service, name: string, { action, there }: { action: string; there: World }): void {
    const refused = refusals.get(there)?.(action);
    if (refused === 'AccessDenied') throw service.denied(deniedSentence(there.account, action));
    if (refused === 'Throttling' || !admit(name)) throw service.throttled();
  }

  const { port, close } = await listen(createServer(requestListener(answer)));
  return {
    url: `http://127.0.0.1:${port}`,
    apply(next) {
      refusals.delete(current);
      current = next;
      refusals.set(next, countRefusals(next.refusals));
    },
    close,
  };
}

/** Turns what is thrown into the service's own words; a bug of the lab is an internal failure of the service. */
async function failing({ protocol }: Service, answer: () => HttpAnswer | Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof ServiceError) return protocol.fail(error);
    return protocol.fail(new ServiceError('InternalFailure', `The lab failed: ${String(error)}`, 500));
  }
}

const parametersOf = ({ parameters }: AwsCall): Parameters => parameters as Parameters;

const unsigned = (): ServiceError =>
  new ServiceError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);

/** What STS and others answer in a Region that is not enabled for the account of the key. */
const notEnabled = (): ServiceError =>
  new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);

const deniedSentence = (account: string, action: string): string =>
  `User: ${callerArn(account)} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
