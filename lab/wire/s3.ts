import { s3Protocol } from './aws/s3-protocol.ts';
import type { AwsCall, Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';
import type { HttpAnswer, HttpRequest } from './request-listener.ts';

/** An object in a bucket. */
export interface StoredObject {
  body: Buffer;
  contentType: string;
  contentEncoding: string;
}

/** S3, as far as PutObject and GetObject in one bucket; objects by key. */
export const s3 = (bucket: string, objects: Map<string, StoredObject>): Service => ({
  protocol: s3Protocol,
  denied: (sentence) => new ServiceError('AccessDenied', sentence, 403),
  throttled: () => new ServiceError('SlowDown', 'Please reduce your request rate.', 503),
  answer({ action, parameters }: AwsCall, { body, headers }: HttpRequest): HttpAnswer {
    if (parameters['Bucket'] !== bucket) {
      throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
    }
    const key = String(parameters['Key']);
    if (action === 'PutObject') {
      const { 'content-type': contentType = '', 'content-encoding': contentEncoding = '' } = headers;
      objects.set(key, { body, contentType, contentEncoding });
      return s3Protocol.write(action, {});
    }
    const found = objects.get(key);
    if (action !== 'GetObject') throw new ServiceError('MethodNotAllowed', `The lab does not serve ${action}.`, 405);
    if (found === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    return {
      status: 200,
      headers: { 'content-type': found.contentType, 'content-encoding': found.contentEncoding },
      body: '',
      bytes: found.body,
    };
  },
});
