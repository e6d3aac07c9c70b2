import { type FlowLog as Answer, type EC2Client, paginateDescribeFlowLogs } from '@aws-sdk/client-ec2';
import type { FlowReading } from '../../../core/model/flow-logs/flow-reading.ts';
import { pages } from '../../aws/pages.ts';

/** A flow log that delivers, as far as its records can be read. */
export interface FlowLog {
  id: string;
  /** The VPC, subnet or network interface that it records. */
  resourceId: string;
  traffic: FlowReading['traffic'];
  /** Names of the fields of a record, in their order. */
  fields: string[];
  destination:
    | { kind: 'log-group'; name: string }
    | { kind: 'bucket'; name: string; prefix: string; isHive: boolean; isHourly: boolean }
    /** Where it goes cannot be read: why. */
    | { kind: 'unreadable'; why: string };
}

/** The flow logs of these resources. */
export async function readFlowLogs(ec2: EC2Client, resourceIds: string[]): Promise<FlowLog[]> {
  const flowLogs: FlowLog[] = [];
  const Filter = [{ Name: 'resource-id', Values: resourceIds }];
  for await (const { FlowLogs = [] } of pages(paginateDescribeFlowLogs({ client: ec2 }, { Filter }))) {
    flowLogs.push(...FlowLogs.filter(({ FlowLogStatus }) => FlowLogStatus === 'ACTIVE').map(project));
  }
  return flowLogs;
}

const project = (flowLog: Answer): FlowLog => ({
  id: flowLog.FlowLogId ?? '',
  resourceId: flowLog.ResourceId ?? '',
  traffic: flowLog.TrafficType ?? 'ALL',
  fields: fieldsOf(flowLog.LogFormat ?? ''),
  destination: destinationOf(flowLog),
});

/** The fields of version 2, in their order (VPC user guide, "Flow log records", "Default format"). */
const usual =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';

/** `${srcaddr} ${dstaddr} …` as a list. */
function fieldsOf(format: string): string[] {
  const named = [...format.matchAll(/\$\{([a-z0-9-]+)\}/g)].flatMap(([, name = '']) => name);
  return named.length > 0 ? named : usual.split(' ');
}

/** What tells of a packet where it came from, where it went and what became of it. */
const needed = ['srcaddr', 'dstaddr', 'srcport', 'dstport', 'action', 'end'];

function destinationOf(flowLog: Answer): FlowLog['destination'] {
  const { DeliverLogsStatus, DeliverLogsErrorMessage, LogDestinationType, LogGroupName, LogDestination = '' } = flowLog;
  const unreadable = (why: string) => ({ kind: 'unreadable' as const, why });
  const lacking = needed.filter((field) => !fieldsOf(flowLog.LogFormat ?? '').includes(field));
  if (DeliverLogsStatus === 'FAILED')
    return unreadable(`it delivers nothing: ${DeliverLogsErrorMessage ?? 'no reason'}`);
  if (lacking.length > 0) return unreadable(`its records lack ${lacking.join(', ')}`);
  if (LogDestinationType === 's3') {
    const { FileFormat, HiveCompatiblePartitions = false, PerHourPartition = false } = flowLog.DestinationOptions ?? {};
    if (FileFormat === 'parquet') return unreadable('its files are in the format Parquet; plain text can be read');
    const [name = '', ...folders] = (LogDestination.split(':::')[1] ?? '').split('/').filter((part) => part !== '');
    const prefix = folders.map((folder) => `${folder}/`).join('');
    return { kind: 'bucket', name, prefix, isHive: HiveCompatiblePartitions, isHourly: PerHourPartition };
  }
  const name = LogGroupName ?? /:log-group:([^:]+)/.exec(LogDestination)?.[1];
  if (LogDestinationType === 'kinesis-data-firehose' || name === undefined)
    return unreadable('its records go to a delivery stream; those in CloudWatch Logs and S3 can be read');
  return { kind: 'log-group', name };
}
