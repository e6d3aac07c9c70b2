import { noPast } from '../../../io/history/with-past.ts';
import { healthCheckLostOnPath } from '../../../lab/scenarios/health-check-lost-on-path.ts';
import type { FlowLog } from '../../../lab/world/past/flow-log.ts';
import { prices, runsMonth } from '../../cost/prices.ts';
import type { Row } from '../row.ts';
import { auditsOf, brokenAccount } from './past.ts';

const places: FlowLog['destination'][] = [
  { kind: 'log-group', name: '/vpc/flow-logs' },
  { kind: 'bucket', name: 'company-flow-logs' },
];

/** What `flowLogs` adds to an audit, in calls, time and money. */
export const flowLogs: Row = {
  id: 'flow-logs',
  what: 'audit of 5 clusters with 50 target groups in the lab, 5 of them silent, with and without flow logs of the VPC',
  goal: 'not one call more with `off`',
  async measure() {
    const lines: Record<string, string | number>[] = [];
    for (const destination of places) {
      const world = brokenAccount(5, healthCheckLostOnPath);
      const resourceId = world.vpcs[0]?.id ?? '';
      world.flowLogs = [{ id: 'fl-0123456789abcdef0', resourceId, traffic: 'ALL', destination }];
      const runs = await auditsOf(world, [noPast, { ...noPast, flowLogs: 'findings' }]);
      for (const { wanted, received, calls, totalMs, cpuMs } of runs) {
        const of = (name: string): number => received.filter(({ action }) => action === name).length;
        const [lists, gets] = [of('ListObjectsV2') + of('ListObjects'), of('GetObject')];
        lines.push({
          flowLogs: wanted.flowLogs,
          in: destination.kind === 'bucket' ? 'S3' : 'CloudWatch Logs',
          'calls in all': calls,
          DescribeFlowLogs: of('DescribeFlowLogs'),
          FilterLogEvents: of('FilterLogEvents'),
          'lists of a bucket': lists,
          'files read': gets,
          totalMs,
          cpuMs,
          'USD a month': ((lists * prices.objectPut + gets * prices.objectGet) * runsMonth).toFixed(2),
        });
      }
    }
    const ofLogs = (line: (typeof lines)[number] | undefined): number =>
      ['DescribeFlowLogs', 'FilterLogEvents', 'lists of a bucket', 'files read'].reduce(
        (sum, column) => sum + Number(line?.[column]),
        0,
      );
    const [offLogs, logs, offBucket, bucket] = lines;
    return {
      result: `off: ${ofLogs(offLogs) + ofLogs(offBucket)} calls; CloudWatch Logs: ${ofLogs(logs)} calls, $${logs?.['USD a month']} a month; S3: ${ofLogs(bucket)} calls, $${bucket?.['USD a month']} a month`,
      met: ofLogs(offLogs) + ofLogs(offBucket) === 0,
      tables: [{ title: 'One audit each, every 5 minutes for the price', lines }],
    };
  },
};
