import type { SurveyMemory } from './survey-memory.ts';

/** How many functions share a run: one, many, or as many as the size of the account asks for. */
export const scales = ['auto', 'function', 'distributed'] as const;

export type Scale = (typeof scales)[number];

/** From here on one function needs more than five minutes, or several runs, for the account (docs/cost.md). */
export const distributedFrom = { clusters: 50, targetGroups: 800 };

/** True when many functions are to share the run, judged by what the last survey read. */
export function isDistributed(scale: Scale, { readings }: Pick<SurveyMemory, 'readings'>): boolean {
  if (scale !== 'auto') return scale === 'distributed';
  const targetGroups = [...readings.keys()].filter(isArn).length;
  return readings.size - targetGroups >= distributedFrom.clusters || targetGroups >= distributedFrom.targetGroups;
}

/** Readings are kept by ARN of target groups and by name of clusters, which has no colon. */
const isArn = (key: string): boolean => key.includes(':');
