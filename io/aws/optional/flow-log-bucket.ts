import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { requestHandler } from '../time-outs.ts';
import { type Watch, watched } from '../watched.ts';

/** In a module of its own, which is loaded only where flow logs are read from S3; their bucket may be in another Region. */
export function openFlowLogBucket(config: S3ClientConfig, watch: Omit<Watch, 'service'>): S3Client {
  const client = new S3Client({ ...config, requestHandler, followRegionRedirects: true });
  client.middlewareStack.use(watched({ ...watch, service: 's3' }));
  return client;
}
