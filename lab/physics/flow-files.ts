import { gzipSync } from 'node:zlib';
import { hash } from '../world/identifier.ts';
import { defaultFields, type FlowLog } from '../world/past/flow-log.ts';
import type { World } from '../world/world.ts';
import { flowRecords } from './flow-records.ts';
import { ofMoment } from './of-moment.ts';

/** Files of five minutes each. */
const perFile = 5 * 60_000;

/** The files of flow logs by bucket and key, a header and records each. */
export const flowFiles = ofMoment((world) => {
  const toBuckets = (world.flowLogs ?? []).flatMap((flowLog) =>
    flowLog.destination.kind === 'bucket' ? { bucket: flowLog.destination.name, flowLog } : [],
  );
  return new Map(
    [...Map.groupBy(toBuckets, ({ bucket }) => bucket)].map(([bucket, flowLogs]) => [
      bucket,
      new Map(flowLogs.flatMap(({ flowLog }) => filesOf(flowLog, world)).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  );
});

const filesOf = (flowLog: FlowLog, world: World): [key: string, file: Buffer][] =>
  [...Map.groupBy(flowRecords(world).get(flowLog) ?? [], ({ at }) => Math.floor(at / perFile) * perFile)].map(
    ([from, records]) => {
      const header = (flowLog.fields ?? defaultFields).join(' ');
      const text = [header, ...records.map(({ line }) => line), ''].join('\n');
      return [keyOf(world, flowLog, from + perFile), gzipSync(text)];
    },
  );

/** VPC user guide, "Flow log files". */
function keyOf({ account, region }: World, { id, destination }: FlowLog, at: number): string {
  const { prefix = '', isHive = false, isHourly = false } = destination.kind === 'bucket' ? destination : {};
  const [year = '', month = '', day = '', hour = '', minute = ''] = new Date(at).toISOString().split(/[-T:]/);
  const name = `${account}_vpcflowlogs_${region}_${id}_${year}${month}${day}T${hour}${minute}Z_${hash(`${id} ${at}`, 8)}.log.gz`;
  const folders = isHive
    ? [
        `aws-account-id=${account}`,
        'aws-service=vpcflowlogs',
        `aws-region=${region}`,
        `year=${year}`,
        `month=${month}`,
        `day=${day}`,
        ...(isHourly ? [`hour=${hour}`] : []),
      ]
    : [account, 'vpcflowlogs', region, year, month, day, ...(isHourly ? [hour] : [])];
  return [...(prefix === '' ? [] : [prefix]), 'AWSLogs', ...folders, name].join('/');
}
