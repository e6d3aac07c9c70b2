import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { InvalidAnswer, TooLarge } from '../../aws/read-error.ts';
import type { FlowLog } from './flow-log.ts';
import type { Stretch } from './stretch.ts';

type Bucket = Extract<FlowLog['destination'], { kind: 'bucket' }>;

/** Where the files of a flow log are. */
interface FlowFiles {
  flowLogId: string;
  account: string;
  region: string;
  bucket: Bucket;
}

/** Of one run: files and bytes that are read, and bytes that come of one when it is unpacked. */
const [mostFiles, mostBytes, mostUnpacked] = [20, 16 * 2 ** 20, 256 * 2 ** 20];
const hour = 3_600_000;

/** A file of a flow log, and its bytes. */
export interface FlowFile {
  key: string;
  size: number;
}

/**
 * The files of a stretch, the earliest first, by their name:
 * `<account>_vpcflowlogs_<region>_<flow log>_<YYYYMMDD>T<HHmm>Z_<hash>.log.gz` (VPC user guide, "Flow log files").
 */
export async function listFiles(client: S3Client, files: FlowFiles, { from, to }: Stretch): Promise<FlowFile[]> {
  const found: FlowFile[] = [];
  for (const folder of foldersOf(files, { from, to })) {
    const Prefix = `${folder}${files.account}_vpcflowlogs_${files.region}_${files.flowLogId}_`;
    const answer = await client.send(
      new ListObjectsV2Command({ Bucket: files.bucket.name, Prefix, StartAfter: `${Prefix}${stampOf(from)}` }),
    );
    for (const { Key: key = '', Size: size = 0 } of answer.Contents ?? []) {
      if (key.endsWith('.log.gz') && key.slice(Prefix.length) <= `${stampOf(to)}~`) found.push({ key, size });
    }
  }
  return found.toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** Hands over the lines of files, the latest file first, as many as are read of a run. The header of each, which names the fields, is no record. */
export async function readFiles(
  client: S3Client,
  { bucket, files }: { bucket: string; files: FlowFile[] },
  onLine: (line: string) => void,
): Promise<{ isCut: boolean }> {
  let bytes = 0;
  for (const [place, { key, size }] of files.toReversed().entries()) {
    bytes += size;
    if (place >= mostFiles || bytes > mostBytes) return { isCut: true };
    await readLines(client, { Bucket: bucket, Key: key }, onLine);
  }
  return { isCut: false };
}

/** `20261122T0955Z`: what file names have of a moment. */
const stampOf = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}Z`;

/** The folders that the files of a stretch are in, a day or an hour each. */
function foldersOf({ account, region, bucket }: FlowFiles, { from, to }: Stretch): string[] {
  const { prefix, isHive, isHourly } = bucket;
  const hours = Array.from({ length: Math.floor(to / hour) - Math.floor(from / hour) + 1 }, (_, index) =>
    new Date((Math.floor(from / hour) + index) * hour).toISOString(),
  );
  const base = isHive
    ? `${prefix}AWSLogs/aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}/`
    : `${prefix}AWSLogs/${account}/vpcflowlogs/${region}/`;
  const folders = hours.map((moment) => {
    const [year, month, day, ofDay] = moment.split(/[-T:]/);
    const parts = isHive
      ? [`year=${year}`, `month=${month}`, `day=${day}`, `hour=${ofDay}`]
      : [year, month, day, ofDay];
    return `${base}${parts.slice(0, isHourly ? 4 : 3).join('/')}/`;
  });
  return [...new Set(folders)];
}

async function readLines(
  client: S3Client,
  file: { Bucket: string; Key: string },
  onLine: (line: string) => void,
): Promise<void> {
  const { Body } = await client.send(new GetObjectCommand(file));
  if (!(Body instanceof Readable)) throw new InvalidAnswer('S3 gave a file without content');
  const unpacked = createGunzip();
  const failed = new Promise<never>((_, reject) => {
    for (const stream of [Body, unpacked]) stream.once('error', reject);
  });
  let length = 0;
  const reading = (async () => {
    for await (const line of createInterface({ input: Body.pipe(unpacked) })) {
      length += line.length + 1;
      if (length > mostUnpacked)
        throw new TooLarge(`a file of the flow log has more than ${mostUnpacked / 2 ** 20} MiB`);
      onLine(line);
    }
  })();
  await Promise.race([reading, failed]);
}
