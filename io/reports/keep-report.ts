import { S3Client } from '@aws-sdk/client-s3';
import type { Report } from '../../core/model/report.ts';
import { bounded, briefBounds } from '../aws/bounded.ts';
import { refusalOf } from '../aws/refusal.ts';
import { log } from '../log.ts';
import type { ReportPlace } from './report-key.ts';
import { saveReport } from './save-report.ts';

const never = new AbortController().signal;

/** Together less than the time that a run keeps back to end. */
const requestHandler = {
  connectionTimeout: 3000,
  requestTimeout: 4000,
  socketTimeout: 4000,
  throwOnRequestTimeout: true,
};

/** Saves a report; false, with a line in the log, where S3 refuses it: what was found has to be told all the same. */
export async function keepReport(place: ReportPlace, report: Report): Promise<boolean> {
  const client = new S3Client({ maxAttempts: 2, requestHandler });
  client.middlewareStack.use(bounded(briefBounds));
  try {
    await saveReport(client, place, report);
    return true;
  } catch (error) {
    const refusal = refusalOf(error, never);
    if (refusal === undefined) throw error;
    log('error', 'report not kept', { runId: report.run.id, bucket: place.bucket, refusal });
    return false;
  } finally {
    client.destroy();
  }
}
