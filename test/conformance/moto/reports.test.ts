import { gunzipSync } from 'node:zlib';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { keepReport } from '../../../io/reports/keep-report.ts';
import { diagnosisOf, reportOf } from '../../core/sample-report.ts';
import { findEngine } from '../engines/moto.ts';
import { startMoto } from './server.ts';

describe.skipIf(!findEngine().found)('moto', () => {
  test('an S3 that is not ours keeps a report and gives it back', async () => {
    const moto = await startMoto({ account: '111122223333', region: 'us-east-1' });
    onTestFinished(() => moto.close());
    for (const [name, value] of Object.entries(moto.env)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const client = new S3Client();
    onTestFinished(() => client.destroy());
    await client.send(new CreateBucketCommand({ Bucket: 'reports' }));

    const report = reportOf([diagnosisOf()]);
    const scope = '111122223333/us-east-1/vpc-0aaaaaaaaaaaaaa01';
    expect(await keepReport({ bucket: 'reports', scope }, report)).toBe(true);
    const { Body, ContentType, ContentEncoding } = await client.send(
      new GetObjectCommand({ Bucket: 'reports', Key: `${scope}/${report.run.id}.json` }),
    );
    expect([ContentType, ContentEncoding]).toEqual(['application/json', 'gzip']);
    expect(JSON.parse(gunzipSync((await Body?.transformToByteArray()) ?? Buffer.of()).toString())).toEqual(report);
  });
});
