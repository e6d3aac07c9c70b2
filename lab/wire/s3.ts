import { flowFiles } from '../physics/flow-files.ts';
import type { World } from '../world/world.ts';
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

/** S3, as far as PutObject and GetObject in one bucket; objects by key. Buckets of flow logs can be listed and read. */
export const s3 = (bucket: string, objects: Map<string, StoredObject>): Service => ({
  protocol: s3Protocol,
  denied: (sentence) => new ServiceError('AccessDenied', sentence, 403),
  throttled: () => new ServiceError('SlowDown', 'Please reduce your request rate.', 503),
  answer({ action, parameters }: AwsCall, { body, headers }: HttpRequest, world: World): HttpAnswer {
    const files = flowFiles(world).get(String(parameters['Bucket']));
    if (files !== undefined) return fromFlowLog(files, { action, parameters });
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

/** ListObjectsV2 and GetObject of the files of flow logs. */
function fromFlowLog(files: Map<string, Buffer>, { action, parameters }: AwsCall): HttpAnswer {
  const body = files.get(String(parameters['Key']));
  if (action === 'GetObject' && body !== undefined) {
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: '', bytes: body };
  }
  if (action !== 'ListObjectsV2') throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  const { Bucket: bucket, prefix = '', 'start-after': after = '' } = parameters;
  const found = [...files].filter(([key]) => key.startsWith(String(prefix)) && key > String(after));
  return s3Protocol.write(action, {
    Name: bucket,
    Prefix: prefix,
    KeyCount: found.length,
    MaxKeys: 1000,
    IsTruncated: false,
    Contents: found.map(([Key, content]) => ({ Key, Size: content.length })),
  });
}
