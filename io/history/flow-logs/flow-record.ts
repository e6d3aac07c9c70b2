import type { FlowQuery } from '../../../core/history/flow-logs/flow-queries.ts';
import type { FlowReading, RecordedFlow } from '../../../core/model/flow-logs/flow-reading.ts';
import { timeOf } from '../../aws/time.ts';

/** Records of one interface put together while they are read. */
export interface FlowTally {
  add(line: string): void;
  reading(): Pick<FlowReading, 'flows' | 'hasRecords' | 'namesAddresses' | 'isCut'>;
}

/** Kinds of packets that are kept of one interface: the health checks of its target groups, and their answers. */
const mostKinds = 200;
const tcp = '6';
const isAddress = /^[0-9a-f.:]{2,45}$/;

/** Puts together what lines of a flow log with these fields say of health checks at an interface; other interfaces are passed over. */
export function flowTally(fields: string[], { networkInterfaceId, peers, ports }: FlowQuery): FlowTally {
  const places = new Map(fields.map((field, place) => [field, place]));
  const kinds = new Map<string, RecordedFlow>();
  const [peersOf, portsOf] = [new Set(peers), new Set(ports)];
  let hasRecords = false;
  let isCut = false;

  function add(line: string): void {
    const values = line.trim().split(' ');
    const fieldOf = (field: string): string => values[places.get(field) ?? -1] ?? '-';
    if (values.length !== fields.length) return;
    if (places.has('interface-id') && fieldOf('interface-id') !== networkInterfaceId) return;
    if (fieldOf('log-status') === 'SKIPDATA') isCut = true;
    if (!/^(ACCEPT|REJECT)$/.test(fieldOf('action'))) return;
    hasRecords = true;
    if (places.has('protocol') && fieldOf('protocol') !== tcp) return;
    const flow = inward() ?? outward();
    if (flow === undefined) return;
    const key = JSON.stringify([flow.direction, flow.peer, flow.port, flow.action, flow.address]);
    const known = kinds.get(key);
    if (known === undefined && kinds.size === mostKinds) isCut = true;
    else kinds.set(key, known === undefined ? flow : together(known, flow));

    function inward(): RecordedFlow | undefined {
      return between('in', { peer: 'srcaddr', port: 'dstport', own: 'pkt-dstaddr' });
    }
    function outward(): RecordedFlow | undefined {
      return between('out', { peer: 'dstaddr', port: 'srcport', own: 'pkt-srcaddr' });
    }
    function between(
      direction: RecordedFlow['direction'],
      names: { peer: string; port: string; own: string },
    ): RecordedFlow | undefined {
      const peer = fieldOf(names.peer);
      const port = Number(fieldOf(names.port));
      const end = /^\d{9,11}$/.test(fieldOf('end')) ? timeOf(new Date(Number(fieldOf('end')) * 1000)) : undefined;
      if (!peersOf.has(peer) || !portsOf.has(port) || end === undefined) return undefined;
      const address = fieldOf(names.own);
      return {
        direction,
        peer,
        port,
        action: fieldOf('action') === 'REJECT' ? 'REJECT' : 'ACCEPT',
        packets: Number(fieldOf('packets')) || 0,
        last: end,
        ...(isAddress.test(address) && { address }),
      };
    }
  }
  const reading = () => ({
    flows: [...kinds.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    hasRecords,
    namesAddresses: places.has('pkt-dstaddr') && places.has('pkt-srcaddr'),
    isCut,
  });
  return { add, reading };
}

const keyOf = ({ peer, port, direction, action, address = '' }: RecordedFlow): string =>
  [peer, port, direction, action, address].join(' ');

const together = (a: RecordedFlow, b: RecordedFlow): RecordedFlow => ({
  ...a,
  packets: a.packets + b.packets,
  last: later(a.last, b.last),
});

const later = (a: string, b: string): string => (Date.parse(a) > Date.parse(b) ? a : b);
