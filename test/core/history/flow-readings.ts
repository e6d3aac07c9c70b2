import { checkSources } from '../../../core/history/flow-logs/check-sources.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { FlowReading, RecordedFlow } from '../../../core/model/flow-logs/flow-reading.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { interfaceOf } from '../../../core/network/interfaces.ts';

/** What of a record is told apart: its direction, what became of it and how long ago, in minutes before the run. */
export interface Told {
  direction: RecordedFlow['direction'];
  action: RecordedFlow['action'];
  minutes?: number;
  /** Of the nodes of the load balancer, the first so many; all by default. */
  nodes?: number;
}

/** Gives each failing target of the first group a reading with these records of its health checks, changed as a test needs it. */
export function addReadings(facts: Facts, told: Told[], changed: Partial<FlowReading> = {}): void {
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the facts have no target group');
  const peers = checkSources(group, facts.slices);
  const ago = (minutes: number): string => new Date(Date.parse(facts.takenAt) - minutes * 60_000).toISOString();
  facts.slices.flowLogs = group.failing.flatMap((target) => {
    const there = interfaceOf(target, group.targetGroup, facts.slices.networkInterfaces);
    if (there === undefined) return [];
    return {
      networkInterfaceId: there.id,
      flowLogId: 'fl-0123456789abcdef0',
      traffic: 'ALL' as const,
      from: ago(25),
      to: facts.takenAt,
      peers,
      ports: [target.healthCheckPort],
      flows: told.flatMap(({ direction, action, minutes = 6, nodes = peers.length }) =>
        peers
          .slice(0, nodes)
          .map((peer) => ({ direction, peer, port: target.healthCheckPort, action, packets: 12, last: ago(minutes) })),
      ),
      hasRecords: true,
      namesAddresses: false,
      isCut: false,
      ...changed,
    };
  });
}
