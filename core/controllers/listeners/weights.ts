import type { Listener, TargetGroup } from '../../model/aws.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';

/** The weight that each listener gives to the target group; 1 where a forward names it alone. */
export const weightsOf = ({
  listeners,
  targetGroup,
}: Pick<TargetGroupContext, 'listeners' | 'targetGroup'>): number[] =>
  listeners.flatMap(({ forwards }) =>
    forwards.filter(({ targetGroupArn }) => targetGroupArn === targetGroup.arn).map(({ weight }) => weight ?? 1),
  );

/** Listeners of the target group that give weight to no target group at all: whoever connects there is served by none. */
export const idleListeners = ({ listeners }: Pick<TargetGroupContext, 'listeners'>): Listener[] =>
  listeners.filter(({ forwards }) => forwards.every(({ weight }) => weight === 0));

/** The part of a listener's clients that it sends to the target group, in words: `all clients`, or `50% of the clients`. */
export function formatShare({ forwards }: Listener, { arn }: TargetGroup): string {
  const sumOf = (some: Listener['forwards']): number => some.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const share = sumOf(forwards.filter(({ targetGroupArn }) => targetGroupArn === arn)) / sumOf(forwards);
  if (share === 1) return 'all clients';
  const percent = Math.round(100 * share);
  return `${percent < 1 ? 'less than 1' : Math.min(percent, 99)}% of the clients`;
}
