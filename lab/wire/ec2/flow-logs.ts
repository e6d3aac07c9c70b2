import { defaultFields, type FlowLog } from '../../world/past/flow-log.ts';
import { listing } from './listing.ts';

/** DescribeFlowLogs. */
export const describeFlowLogs = listing<FlowLog>({
  set: 'flowLogSet',
  items: (world) => world.flowLogs ?? [],
  id: ({ id }) => id,
  byId: { parameter: 'FlowLogId', notFound: 'InvalidFlowLogId.NotFound' },
  filters: {
    'resource-id': ({ resourceId }) => [resourceId],
    'traffic-type': ({ traffic }) => [traffic],
    'log-destination-type': ({ destination }) => [destination.kind === 'bucket' ? 's3' : 'cloud-watch-logs'],
  },
  show: ({ id, resourceId, traffic, destination, fields = defaultFields, failure }, world) => ({
    flowLogId: id,
    flowLogStatus: 'ACTIVE',
    resourceId,
    trafficType: traffic,
    creationTime: '2026-01-15T09:00:00.000Z',
    deliverLogsStatus: failure === undefined ? 'SUCCESS' : 'FAILED',
    deliverLogsErrorMessage: failure,
    logFormat: fields.map((field) => `\${${field}}`).join(' '),
    maxAggregationInterval: 60,
    ...(destination.kind === 'bucket'
      ? {
          logDestinationType: 's3',
          logDestination: `arn:aws:s3:::${destination.name}${destination.prefix === undefined ? '' : `/${destination.prefix}`}`,
          destinationOptions: {
            fileFormat: destination.isParquet === true ? 'parquet' : 'plain-text',
            hiveCompatiblePartitions: destination.isHive === true,
            perHourPartition: destination.isHourly === true,
          },
        }
      : {
          logDestinationType: 'cloud-watch-logs',
          logGroupName: destination.name,
          logDestination: `arn:aws:logs:${world.region}:${world.account}:log-group:${destination.name}`,
        }),
    tagSet: [],
  }),
});
