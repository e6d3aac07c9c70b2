import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener, Target, TargetGroup } from '../../core/model/aws.ts';
import type { SliceName } from '../../core/model/facts.ts';
import { indexed, under } from '../../core/model/indexed.ts';
import { isQuiet } from '../../core/model/target-group-context.ts';
import type { Ledger } from '../aws/ledger.ts';
import { listListeners } from './listeners.ts';
import { loadBalancerAttributes } from './load-balancers.ts';
import type { Tagged } from './tags.ts';
import { targetGroupAttributes } from './target-groups.ts';
import { readTargetHealth } from './target-health.ts';

export interface Details extends Tagged {
  listeners: Listener[];
  targetHealth: Target[];
}

/**
 * Reads what takes one call for each target group or load balancer: health of every group first, then attributes and
 * listeners only where some target is not healthy, since nothing asks for those of a quiet group.
 */
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

  const targets = await Promise.all(
    found.targetGroups.map(({ arn }) => health.of([arn], () => readTargetHealth(elbv2, arn))),
  );
  const restless = new Set(
    found.targetGroups.filter((_, index) => !isQuiet(targets[index] ?? [])).map(({ arn }) => arn),
  );
  const restlessGroups = indexed(found.targetGroups.filter(({ arn }) => restless.has(arn)));
  const restlessOn = (balancerArn: string): string[] =>
    under(restlessGroups, balancersOf, balancerArn).map(({ arn }) => arn);

  const [targetGroups, loadBalancers] = await Promise.all([
    Promise.all(
      found.targetGroups.map(async (group) => {
        if (!restless.has(group.arn)) return group;
        const read = (): Promise<Record<string, string>> => targetGroupAttributes(elbv2, group.arn);
        return { ...group, attributes: await groupAttributes.of([group.arn], read) };
      }),
    ),
    Promise.all(
      found.loadBalancers.map(async (balancer) => {
        const { arn } = balancer;
        const groups = restlessOn(arn);
        if (groups.length === 0) return { balancer, listeners: [] };
        const [attributes, list] = await Promise.all([
          balancerAttributes.of(groups, () => loadBalancerAttributes(elbv2, arn)),
          listeners.of(groups, () => listListeners(elbv2, arn)),
        ]);
        return { balancer: { ...balancer, attributes }, listeners: list };
      }),
    ),
  ]);
  return {
    targetGroups,
    targetHealth: targets.flat(),
    loadBalancers: loadBalancers.map(({ balancer }) => balancer),
    listeners: loadBalancers.flatMap((each) => each.listeners),
  };
}

const balancersOf = ({ loadBalancerArns }: TargetGroup): string[] => loadBalancerArns;
