/** What one function reads and judges in a few minutes at 1,024 MB, with most of its time to spare. */
const most = { clusters: 10, targetGroups: 200 };

/**
 * The clusters of each part of a run that many functions share, in the order given: as many as one function takes, by the
 * number of target groups that are known to be theirs. A cluster with more than that is a part by itself.
 */
export function splitClusters(names: readonly string[], targetGroupsOf: ReadonlyMap<string, number>): string[][] {
  const parts: string[][] = [];
  let targetGroups = 0;
  for (const name of names) {
    const own = targetGroupsOf.get(name) ?? 0;
    const last = parts.at(-1);
    if (last !== undefined && last.length < most.clusters && targetGroups + own <= most.targetGroups) {
      last.push(name);
      targetGroups += own;
    } else {
      parts.push([name]);
      targetGroups = own;
    }
  }
  return parts;
}
