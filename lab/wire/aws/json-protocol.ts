import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import type { Protocol } from './service.ts';
import { ServiceError } from './service-error.ts';

/** The AWS JSON protocol of Secrets Manager and DynamoDB: the header `X-Amz-Target` names the action. */
export const jsonProtocol = (version: '1.0' | '1.1'): Protocol => {
  const answer = (status: number, body: object): HttpAnswer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}` },
    body: JSON.stringify(body),
  });
  return {
    read: readJson,
    write: (_, result) => answer(200, result),
    fail: ({ code, message, status }) => answer(status, { __type: code, message }),
  };
};

function readJson({ headers, body }: HttpRequest) {
  const action =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  return { action, parameters: parse(body.toString() || '{}') };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new ServiceError('SerializationException', 'The body of the request is no JSON.');
  }
}
