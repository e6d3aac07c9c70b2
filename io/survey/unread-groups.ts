import type { Gap } from '../../core/model/gap.ts';
import type { Owner } from '../../core/model/owner.ts';
import type { GroupSummary } from '../../core/model/report.ts';
import type { SurveyMemory } from '../../core/survey/survey-memory.ts';
import { awsRemedy } from '../aws/remedy.ts';
import type { ReadGroups } from './read-groups.ts';

/** Target groups whose turn comes later, with their last reading. Their owners are known from tags alone. */
export const unreadGroups = (
  { unread, loadBalancers }: ReadGroups,
  owners: Owner[],
  { readings }: SurveyMemory,
): GroupSummary[] => {
  const ownerOf = new Map(owners.map((owner) => [owner.targetGroupArn, owner]));
  const nameOf = new Map(loadBalancers.map(({ arn, name }) => [arn, name]));
  return unread.map(({ arn, name, loadBalancerArns }) => {
    const { cluster = null, namespace = null, service = null } = ownerOf.get(arn) ?? {};
    const { healthy, total, at } = readings.get(arn) ?? { healthy: 0, total: 0 };
    const loadBalancer = nameOf.get(loadBalancerArns[0] ?? '') ?? null;
    const place = { cluster, namespace, service, loadBalancer };
    return {
      targetGroupArn: arn,
      name,
      ...place,
      healthy,
      total,
      read: false,
      unknown: [],
      ...(at !== undefined && { asOf: at }),
    };
  });
};

/** One gap for all of them: the groups of the report say which. */
export const deferral = (count: number): Gap => ({
  slice: 'targetHealth',
  scope: { kind: 'target-groups', count },
  reason: 'deferred',
  action: 'elasticloadbalancing:DescribeTargetHealth',
  message: 'left to a later run: the time of this one was used for target groups that fail or were read longer ago',
  remedy: awsRemedy('deferred', 'elasticloadbalancing:DescribeTargetHealth'),
});

/** The same of a run that is about single target groups. */
export const notAsked = (count: number): Gap => ({
  slice: 'targetHealth',
  scope: { kind: 'target-groups', count },
  reason: 'not-requested',
  action: 'elasticloadbalancing:DescribeTargetHealth',
  message: 'left alone: this run is about single target groups, and the others keep their last verdict',
  remedy: 'No action is needed: the next scheduled run reads them.',
});

/** The gap of a target group whose targets are all healthy, and for whose listeners the time did not last. */
export const listenersDeferral = (arn: string): Gap => ({
  slice: 'listeners',
  scope: { kind: 'target-group', arn },
  reason: 'deferred',
  action: 'elasticloadbalancing:DescribeListeners',
  message: 'left to a later run: the time of this one was used for the health of targets',
  remedy: awsRemedy('deferred', 'elasticloadbalancing:DescribeListeners'),
});
