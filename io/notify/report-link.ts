import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { briefly } from '../aws/time-outs.ts';

/** Seven days, the longest that Signature Version 4 admits (Amazon S3 user guide, "Download and upload objects with presigned URLs"). */
const mostSeconds = 7 * 86_400;

/**
 * Signs links to reports, which open for whoever has them. A link ends with the credentials that signed it: those of a
 * function's role last some hours.
 */
export function reportLinks(bucket: string): (key: string) => Promise<string> {
  const client = new S3Client(briefly);
  return (Key) => getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key }), { expiresIn: mostSeconds });
}
