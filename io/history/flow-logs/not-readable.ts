import type { Gap } from '../../../core/model/gap.ts';

/** A flow log whose records cannot be read, whatever is granted. */
export const notReadable = (flowLogId: string, why: string): Gap => ({
  slice: 'flowLogs',
  scope: { kind: 'all' },
  reason: 'not-requested',
  action: 'ec2:DescribeFlowLogs',
  message: `flow log ${flowLogId} cannot be read: ${why}`,
  remedy:
    'Make a second flow log of the VPC for all traffic, with srcaddr, dstaddr, srcport, dstport, action and end, to a log group or as plain text to a bucket.',
});
