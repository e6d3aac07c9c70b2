import type { World } from '../../world/world.ts';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import type { Parameters } from './parameters.ts';
import { ServiceError } from './service-error.ts';

/** What a request asks for. */
export interface AwsCall {
  action: string;
  parameters: Record<string, unknown>;
}

/** How a family of services writes its calls, results and errors on the wire. */
export interface Protocol {
  read(request: HttpRequest): AwsCall;
  write(action: string, result: object): HttpAnswer;
  fail(error: ServiceError): HttpAnswer;
}

/** One AWS service as the endpoint knows it. */
export interface Service {
  protocol: Protocol;
  /** The service's own error where IAM says no; `sentence` tells who was refused what. */
  denied(sentence: string): ServiceError;
  /** The service's own error where callers are too fast. */
  throttled(): ServiceError;
  /** Throws a ServiceError where the call cannot be served. */
  answer(call: AwsCall, request: HttpRequest, world: World): HttpAnswer | Promise<HttpAnswer>;
  /** Actions that change the world, which is a draft then; they are served by a lab that lives. */
  writes?: Record<string, Action>;
}

/** Looks things up in the world; throws a ServiceError where the call cannot be served. */
export type Action = (parameters: Parameters, world: World) => object;

/** The `answer` of a service that is a table of actions; any other action is an error that names it. */
export function answerBy(protocol: Protocol, actions: Record<string, Action>): Service['answer'] {
  return ({ action, parameters }, _, world) => {
    const act = actions[action];
    if (act === undefined) {
      throw new ServiceError('InvalidAction', `The action ${action} is not valid for this web service.`);
    }
    return protocol.write(action, act(parameters as Parameters, world));
  };
}
