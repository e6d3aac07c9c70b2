import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { outputs } from '../../../core/render/outputs.ts';
import { keepReport } from '../../../io/reports/keep-report.ts';
import type { Lab } from '../../../lab/lab.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { startLab } from '../../../lab/start.ts';
import { diagnosisOf, reportOf } from '../../core/sample-report.ts';
import { assertConforming } from '../../service-model/assert-conforming.ts';

const report = reportOf([diagnosisOf()]);
const place = { bucket: 'eks-nlb-auditor-reports', scope: '111122223333/eu-west-1/vpc-0aaaaaaaaaaaaaa01' };
const key = `${place.scope}/${report.run.id}`;

async function openLab(): Promise<{ lab: Lab; lines: string[] }> {
  const lab = await startLab(healthy.build(), { sockets: false });
  onTestFinished(async () => {
    await lab.close();
    assertConforming(lab.calls);
  });
  for (const [name, value] of Object.entries(lab.env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  onTestFinished(() => output.mockRestore());
  return { lab, lines };
}

test('a report is kept as a page and as JSON, packed, under the scope and the run', async () => {
  const { lab } = await openLab();
  expect(await keepReport(place, report)).toBe(true);

  const kept = [...lab.objects].map(([name, { body, contentType, contentEncoding }]) => ({
    name,
    contentType,
    contentEncoding,
    text: gunzipSync(body).toString(),
  }));
  expect(kept.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    {
      name: `${key}.html`,
      contentType: 'text/html; charset=utf-8',
      contentEncoding: 'gzip',
      text: outputs.html(report),
    },
    { name: `${key}.json`, contentType: 'application/json', contentEncoding: 'gzip', text: outputs.json(report) },
  ]);
});

test('what is kept opens as text for whoever may read it', async () => {
  const { lab } = await openLab();
  await keepReport(place, report);
  const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client();
  const { Body, ContentEncoding } = await client.send(
    new GetObjectCommand({ Bucket: place.bucket, Key: `${key}.json` }),
  );
  client.destroy();
  expect(ContentEncoding).toBe('gzip');
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(report);
  expect(lab.calls.map(({ action }) => action)).toEqual(['PutObject', 'PutObject', 'GetObject']);
});

test('a bucket that takes nothing is told in the log and ends nothing', async () => {
  const { lines } = await openLab();
  expect(await keepReport({ ...place, bucket: 'elsewhere' }, report)).toBe(false);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'error', message: 'report not kept', bucket: 'elsewhere', runId: report.run.id }),
  ]);
});
