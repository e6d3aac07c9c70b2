import type { HttpRequest } from '../request-listener.ts';
import { jsonProtocol } from './json-protocol.ts';
import { queryProtocol } from './query-protocol.ts';
import { restProtocol } from './rest-protocol.ts';
import type { Protocol, Service } from './service.ts';
import { ServiceError } from './service-error.ts';

/** Stands for a service that the lab does not have: every action is an error that names it. */
export function unservedService(request: HttpRequest): Service {
  const protocol = protocolOf(request);
  return {
    protocol,
    denied: (sentence) => new ServiceError('AccessDeniedException', sentence, 403),
    throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
    answer({ action }) {
      throw new ServiceError('UnknownOperationException', `The lab does not serve the action ${action}.`);
    },
  };
}

function protocolOf({ headers }: HttpRequest): Protocol {
  if (headers['x-amz-target'] !== undefined) return jsonProtocol('1.1');
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return form ? queryProtocol('https://lab/') : restProtocol({});
}
