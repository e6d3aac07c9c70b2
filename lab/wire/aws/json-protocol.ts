import type { AwsAnswer, AwsRequest, Protocol } from './service.ts';

/** The AWS JSON protocol of Secrets Manager and DynamoDB: the header `X-Amz-Target` names the action. */
export const jsonProtocol = (version: '1.0' | '1.1'): Protocol => {
  const answer = (status: number, body: object): AwsAnswer => ({
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

function readJson({ headers, body }: AwsRequest) {
  const action = String(headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  return { action, parameters: JSON.parse(body.toString() || '{}') as Record<string, unknown> };
}
