import type { Delivery } from '../../lab.ts';
import { restProtocol } from '../aws/rest-protocol.ts';
import type { Service } from '../aws/service.ts';
import { ServiceError } from '../aws/service-error.ts';

const protocol = restProtocol({ Invoke: 'POST /2015-03-31/functions/{name}/invocations' });

/** Lambda's API, as far as an asynchronous Invoke, which is accepted with 202 and handed to `deliver`. */
export const lambdaService = (deliver: (delivery: Delivery) => void): Service => ({
  protocol,
  denied: (sentence) => new ServiceError('AccessDeniedException', sentence, 403),
  throttled: () => new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429),
  answer({ action, parameters }, { headers, body }) {
    if (action !== 'Invoke') throw new ServiceError('UnknownOperationException', `The lab does not serve ${action}.`);
    if (headers['x-amz-invocation-type'] !== 'Event') {
      throw new ServiceError('InvalidParameterValueException', 'The lab invokes with the type Event only.');
    }
    const event = JSON.parse(body.toString() || '{}');
    deliver({ channel: 'lambda', body: { name: parameters['name'], event }, at: new Date().toISOString() });
    return { status: 202, headers: {}, body: '' };
  },
});
