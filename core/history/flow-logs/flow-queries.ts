import type { NetworkInterface, Target } from '../../model/aws.ts';
import type { Facts } from '../../model/facts.ts';
import { distinct } from '../../model/indexed.ts';
import { groupsOf } from '../../model/target-group-context.ts';
import { interfaceOf } from '../../network/interfaces.ts';
import { checkSources } from './check-sources.ts';

/** One network interface whose records are wanted: those of packets to and from these ports and addresses. */
export interface FlowQuery {
  networkInterfaceId: string;
  subnetId: string;
  vpcId: string;
  /** Private addresses of the nodes of load balancers. */
  peers: string[];
  ports: number[];
}

/** Targets of a group that are read, and interfaces of a cluster. */
const [mostTargets, mostInterfaces] = [3, 10];

/**
 * The interfaces behind these targets, each once, with what their health checks come from; and the groups that had no place. One target stands
 * for those with the same filters.
 */
export function flowQueries(facts: Facts, silent: readonly Target[]): { queries: FlowQuery[]; left: string[] } {
  const queries = new Map<string, FlowQuery>();
  const left: string[] = [];
  for (const group of groupsOf(facts)) {
    const own = silent.filter(({ targetGroupArn }) => targetGroupArn === group.targetGroup.arn);
    const peers = checkSources(group, facts.slices);
    const chosen = new Map<string, { target: Target; there: NetworkInterface }>();
    for (const target of own) {
      const there = interfaceOf(target, group.targetGroup, facts.slices.networkInterfaces);
      const filters = there && `${filtersOfInterface(there)} ${target.healthCheckPort}`;
      if (there !== undefined && filters !== undefined && !chosen.has(filters)) chosen.set(filters, { target, there });
    }
    for (const { target, there } of peers.length === 0 ? [] : [...chosen.values()].slice(0, mostTargets)) {
      const known = queries.get(there.id);
      if (known === undefined && queries.size === mostInterfaces) left.push(group.targetGroup.arn);
      else
        queries.set(there.id, {
          networkInterfaceId: there.id,
          subnetId: there.subnetId,
          vpcId: there.vpcId,
          peers: distinct([...(known?.peers ?? []), ...peers]),
          ports: distinct([...(known?.ports ?? []), target.healthCheckPort]),
        });
    }
  }
  return { queries: [...queries.values()], left: distinct(left) };
}

/** What filters packets to an interface: interfaces with the same meet the same. */
export const filtersOfInterface = ({ subnetId, securityGroups }: NetworkInterface): string =>
  [subnetId, ...securityGroups].join(' ');
