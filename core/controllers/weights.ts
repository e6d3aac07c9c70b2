import type { TargetGroupContext } from '../model/target-group-context.ts';

/** The weight that each listener gives to the target group; 1 where a forward names it alone. */
export const weightsOf = ({
  listeners,
  targetGroup,
}: Pick<TargetGroupContext, 'listeners' | 'targetGroup'>): number[] =>
  listeners.flatMap(({ forwards }) =>
    forwards.filter(({ targetGroupArn }) => targetGroupArn === targetGroup.arn).map(({ weight }) => weight ?? 1),
  );
