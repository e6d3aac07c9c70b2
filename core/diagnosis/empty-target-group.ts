import type { Slices } from '../facts.ts';
import type { Group } from '../group.ts';
import { lagsOf } from '../lag.ts';

/** What is ready and not registered where the target group has no target at all, in words; empty where nothing is. */
export const driftOfEmpty = (
  group: Group,
  slices: Pick<Slices, 'services' | 'pods' | 'nodes' | 'endpointSlices'>,
): string[] => {
  const unread = {
    workloads: undefined,
    targetGroupBindings: undefined,
    probes: undefined,
    networkInterfaces: undefined,
    securityGroups: undefined,
    subnets: undefined,
    prefixLists: undefined,
  };
  return lagsOf(group, { ...unread, ...slices }).flatMap(({ kind, saw }) => (kind === 'missing' ? [saw] : []));
};
