import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { requestHandler } from '../time-outs.ts';
import { type Watch, watched } from '../watched.ts';

/** For the buckets that flow logs go to, which may be in another Region. The code is loaded anyway: reports go to S3 too. */
export function openFlowLogBucket(config: S3ClientConfig, watch: Omit<Watch, 'service'>): S3Client {
  const client = new S3Client({ ...config, requestHandler, followRegionRedirects: true });
  client.middlewareStack.use(watched({ ...watch, service: 's3' }));
  return client;
}
