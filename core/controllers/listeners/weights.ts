import type { Listener } from '../../model/aws.ts';
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
