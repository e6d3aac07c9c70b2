/**
 * Whose words an answer is in: AWS Query, its dialect of EC2, REST-JSON of EKS and Lambda, JSON of DynamoDB and others, S3, Kubernetes,
 * the Web API of Slack, any other service on the web.
 */
export type Api = 'query' | 'ec2' | 'rest' | 'json' | 's3' | 'kubernetes' | 'slack' | 'web';

/** A whole HTTP answer. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** What a service may refuse a call for. */
export type Reason = 'throttled' | 'failed' | 'denied' | 'expired' | 'skewed';

type Words = [status: number, code: string, message: string];

const signatureExpired =
  'Signature expired: 20261129T010000Z is now earlier than 20261129T031500Z (20261129T033000Z - 15 min.)';

/** Status, code and message by API (common errors of the API references; metav1.Status of Kubernetes). */
const words: Record<Reason, Record<Api, Words>> = {
  throttled: {
    query: [400, 'Throttling', 'Rate exceeded'],
    ec2: [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
    rest: [429, 'ThrottlingException', 'Rate exceeded'],
    json: [400, 'ThrottlingException', 'Rate exceeded'],
    s3: [503, 'SlowDown', 'Please reduce your request rate.'],
    slack: [429, 'ratelimited', ''],
    web: [429, 'rate_limited', ''],
    kubernetes: [429, 'TooManyRequests', 'too many requests, please try again later'],
  },
  failed: {
    query: [500, 'InternalFailure', 'The request processing has failed.'],
    ec2: [500, 'InternalError', 'An internal error has occurred'],
    rest: [500, 'ServerException', 'Internal failure'],
    json: [500, 'InternalServerError', 'Internal server error'],
    s3: [500, 'InternalError', 'We encountered an internal error. Please try again.'],
    slack: [200, 'internal_error', ''],
    web: [500, 'internal_error', ''],
    kubernetes: [500, 'InternalError', 'etcdserver: leader changed'],
  },
  denied: {
    query: [403, 'AccessDenied', 'User is not authorized to perform this action'],
    ec2: [403, 'UnauthorizedOperation', 'You are not authorized to perform this operation.'],
    rest: [403, 'AccessDeniedException', 'User is not authorized to perform this action'],
    json: [400, 'AccessDeniedException', 'User is not authorized to perform this action'],
    s3: [403, 'AccessDenied', 'Access Denied'],
    slack: [200, 'not_in_channel', ''],
    web: [403, 'forbidden', ''],
    kubernetes: [403, 'Forbidden', 'this resource is forbidden: User cannot read it'],
  },
  expired: {
    query: [403, 'ExpiredToken', 'The security token included in the request is expired'],
    ec2: [400, 'ExpiredToken', 'The security token included in the request is expired'],
    rest: [403, 'ExpiredTokenException', 'The security token included in the request is expired'],
    json: [400, 'ExpiredTokenException', 'The security token included in the request is expired'],
    s3: [400, 'ExpiredToken', 'The provided token has expired.'],
    slack: [200, 'token_expired', ''],
    web: [401, 'token_expired', ''],
    kubernetes: [410, 'Expired', 'The provided continue parameter is too old'],
  },
  skewed: {
    query: [403, 'SignatureDoesNotMatch', signatureExpired],
    ec2: [400, 'RequestExpired', 'Request has expired.'],
    rest: [403, 'InvalidSignatureException', signatureExpired],
    json: [400, 'InvalidSignatureException', signatureExpired],
    s3: [403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
    slack: [200, 'invalid_auth', ''],
    web: [401, 'invalid_auth', ''],
    kubernetes: [401, 'Unauthorized', 'Unauthorized'],
  },
};

/** The answer by which this API refuses. */
export function refusal(api: Api, reason: Reason): Answer {
  const [status, code, message] = words[reason][api];
  const [type, body] = bodyOf(api, { status, code, message });
  return { status, headers: { 'content-type': type, ...extra(api, code) }, body: Buffer.from(body) };
}

function bodyOf(
  api: Api,
  { status, code, message }: { status: number; code: string; message: string },
): [string, string] {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  switch (api) {
    case 'query':
      return ['text/xml', `<ErrorResponse>${error}<RequestId>0</RequestId></ErrorResponse>`];
    case 'ec2':
      return ['text/xml', `<Response><Errors>${error}</Errors><RequestID>0</RequestID></Response>`];
    case 'rest':
    case 'json':
      return ['application/json', JSON.stringify({ message, __type: code })];
    case 's3':
      return ['application/xml', `<Error><Code>${code}</Code><Message>${message}</Message></Error>`];
    case 'slack':
      return ['application/json', JSON.stringify({ ok: false, error: code })];
    case 'web':
      return ['text/plain', code];
    case 'kubernetes':
      return [
        'application/json',
        JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: code, code: status }),
      ];
  }
}

const extra = (api: Api, code: string): Record<string, string> => (api === 'rest' ? { 'x-amzn-errortype': code } : {});
