import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener, Target } from '../../core/aws.ts';
import type { SliceName } from '../../core/facts.ts';
import type { Ledger } from '../ledger.ts';
import { listListeners } from './listeners.ts';
import { loadBalancerAttributes } from './load-balancers.ts';
import type { Tagged } from './tags.ts';
import { targetGroupAttributes } from './target-groups.ts';
import { readTargetHealth } from './target-health.ts';

export interface Details extends Tagged {
  listeners: Listener[];
  targetHealth: Target[];
}

/** Reads what takes one call for each target group or load balancer; health goes first, should the time run out. */
export async function readDetails(elbv2: ElasticLoadBalancingV2Client, book: Ledger, found: Tagged): Promise<Details> {
  const ask = <T>(action: string, slice: SliceName, otherwise: T) => ({
    of: (targetGroupArns: string[], run: () => Promise<T>): Promise<T> =>
      book.read(
        {
          action: `elasticloadbalancing:${action}`,
          hides: targetGroupArns.map((arn) => ({ slice, scope: { kind: 'target-group', arn } })),
        },
        otherwise,
        run,
      ),
  });
  const health = ask<Target[]>('DescribeTargetHealth', 'targetHealth', []);
  const groupAttributes = ask('DescribeTargetGroupAttributes', 'targetGroups', {});
  const listeners = ask<Listener[]>('DescribeListeners', 'listeners', []);
  const balancerAttributes = ask('DescribeLoadBalancerAttributes', 'loadBalancers', {});

  const groupsOf = (balancerArn: string): string[] =>
    found.targetGroups.filter(({ loadBalancerArns }) => loadBalancerArns.includes(balancerArn)).map(({ arn }) => arn);

  const [targetHealth, targetGroups, listenerLists, loadBalancers] = await Promise.all([
    Promise.all(found.targetGroups.map(({ arn }) => health.of([arn], () => readTargetHealth(elbv2, arn)))),
    Promise.all(
      found.targetGroups.map(async (group) => ({
        ...group,
        attributes: await groupAttributes.of([group.arn], () => targetGroupAttributes(elbv2, group.arn)),
      })),
    ),
    Promise.all(found.loadBalancers.map(({ arn }) => listeners.of(groupsOf(arn), () => listListeners(elbv2, arn)))),
    Promise.all(
      found.loadBalancers.map(async (balancer) => ({
        ...balancer,
        attributes: await balancerAttributes.of(groupsOf(balancer.arn), () =>
          loadBalancerAttributes(elbv2, balancer.arn),
        ),
      })),
    ),
  ]);
  return { loadBalancers, targetGroups, listeners: listenerLists.flat(), targetHealth: targetHealth.flat() };
}
