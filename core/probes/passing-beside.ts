import type { TargetGroupContext } from '../model/target-group-context.ts';

/** How many healthy targets pass the request that others answer with another status: what is asked is right for some state of the application. */
export const passingBeside = ({ targets }: TargetGroupContext): number =>
  targets.filter(({ state }) => state === 'healthy').length;

/** The same as the end of a sentence; empty where there is none. */
export const formatPassing = (count: number): string =>
  count === 0 ? '' : `; ${count} healthy target${count === 1 ? ' passes' : 's pass'} the same request`;
