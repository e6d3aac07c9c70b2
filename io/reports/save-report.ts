import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Report } from '../../core/model/report.ts';
import { outputs } from '../../core/render/outputs.ts';
import { keptForms, type ReportPlace, reportKey } from './report-key.ts';

const compress = promisify(gzip);

const contentTypes = { html: 'text/html; charset=utf-8', json: 'application/json' };

/** Keeps a report as a page for people and as JSON for machines; a repeat of the run replaces them. */
export async function saveReport(client: S3Client, { bucket, scope }: ReportPlace, report: Report): Promise<void> {
  await Promise.all(
    keptForms.map(async (form) => {
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: reportKey(scope, report.run.id, form),
        Body: await compress(outputs[form](report)),
        ContentType: contentTypes[form],
        // Browsers and SDKs unpack it; a page about a thousand target groups is 15 times smaller that way.
        ContentEncoding: 'gzip',
      });
      await client.send(put);
    }),
  );
}
