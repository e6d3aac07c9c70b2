import type { Load } from './run.ts';

/** An account of so many target groups, between those that were measured or beyond the last of them. */
export function estimate(loads: Load[], targetGroups: number): Load {
  const found = loads.findIndex((load) => load.targetGroups >= targetGroups);
  const above = found === -1 ? loads.length - 1 : Math.max(1, found);
  const [a, b] = [loads[above - 1], loads[above]];
  if (a === undefined || b === undefined) throw new Error('two accounts have to be measured');
  const share = (targetGroups - a.targetGroups) / (b.targetGroups - a.targetGroups);
  const mix = (of: (load: Load) => number): number => of(a) + share * (of(b) - of(a));
  return {
    targetGroups,
    clusters: Math.round(mix(({ clusters }) => clusters)),
    causes: Math.round(mix(({ causes }) => causes)),
    cpuSeconds: mix(({ cpuSeconds }) => cpuSeconds),
    elbCalls: Math.round(mix(({ elbCalls }) => elbCalls)),
    otherAwsCalls: Math.round(mix(({ otherAwsCalls }) => otherAwsCalls)),
    kubernetesCalls: Math.round(mix(({ kubernetesCalls }) => kubernetesCalls)),
    itemBytes: [mix(({ itemBytes: [record = 0] }) => record), mix(({ itemBytes: [, ...survey] }) => sum(survey))],
  };
}

/** The smallest account, in steps of ten target groups, of which this is true; `undefined` where it is true of none of 10,000. */
export function smallest(loads: Load[], isTrue: (load: Load) => boolean): number | undefined {
  for (let targetGroups = 10; targetGroups <= 10_000; targetGroups += 10) {
    if (isTrue(estimate(loads, targetGroups))) return targetGroups;
  }
  return undefined;
}

const sum = (numbers: number[]): number => numbers.reduce((all, each) => all + each, 0);
