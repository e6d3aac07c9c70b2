import type { NetworkInterface } from '../../core/model/aws.ts';
import { hash } from '../world/identifier.ts';
import { defaultFields, type FlowLog } from '../world/past/flow-log.ts';
import type { World } from '../world/world.ts';
import { listener } from './listener.ts';
import { ofMoment } from './of-moment.ts';
import type { PacketFate } from './packet.ts';
import { packetFates, packetFilter } from './packet-filter.ts';
import { healthCheckPort, targetAddress } from './target-health.ts';

/** A record of a flow log, of one minute. */
export interface FlowRecord {
  interfaceId: string;
  /** Epoch milliseconds of its beginning. */
  at: number;
  line: string;
}

const minute = 60_000;
/** Minutes until records are delivered, and minutes of which there are records. */
const [late, kept] = [5, 40];

/** What each flow log of a world recorded until now. */
export const flowRecords = ofMoment((world) => new Map(world.flowLogs?.map((log) => [log, recordedBy(log, world)])));

/**
 * Each minute the health checks of every target from every node of its load balancer, and of instances what
 * they say to other hosts. Before the fault of a world with a past all checks were answered.
 */
function recordedBy(flowLog: FlowLog, world: World): FlowRecord[] {
  const last = Math.floor(Date.parse(world.now) / minute) - late;
  const covered = world.networkInterfaces.filter(({ id, subnetId, vpcId }) =>
    [id, subnetId, vpcId].includes(flowLog.resourceId),
  );
  const packets = [...checkPackets(world), ...chatter(covered)];
  return Array.from({ length: kept }, (_, index) => last - kept + 1 + index).flatMap((each) =>
    packets
      .filter(({ own }) => covered.includes(own))
      .flatMap((packet) => recordsOf(packet, { world, flowLog, from: each * minute })),
  );
}

interface Exchange {
  /** The interface that records it. */
  own: NetworkInterface;
  peer: string;
  address: string;
  port: number;
  fate: PacketFate;
}

function checkPackets(world: World): Exchange[] {
  const fateOf = packetFates(world);
  const listens = listener(world, packetFilter(world));
  return (world.registrations ?? []).flatMap((registration) => {
    const group = world.targetGroups.find(({ arn }) => arn === registration.targetGroupArn);
    const address = targetAddress(world, registration);
    const own = world.networkInterfaces.find(
      ({ privateIps, ipv6Addresses }) => privateIps.includes(address) || ipv6Addresses.includes(address),
    );
    if (group === undefined || own === undefined) return [];
    const port = healthCheckPort(group, registration);
    const nodes = group.loadBalancerArns.flatMap((arn) =>
      world.networkInterfaces.filter(({ description }) => description === `ELB ${arn.split('loadbalancer/')[1]}`),
    );
    return nodes.flatMap(({ privateIps: [peer] }): Exchange[] => {
      if (peer === undefined) return [];
      const fate = fateOf({ from: peer, to: address, port });
      const isSilent = fate === 'arrives' && listens(address, port)?.kind === 'silent';
      return [{ own, peer, address, port, fate: isSilent ? 'dropped' : fate }];
    });
  });
}

/** What every machine says to others: here to an address outside of the VPC, which answers. */
const chatter = (interfaces: NetworkInterface[]): Exchange[] =>
  interfaces
    .filter(({ interfaceType }) => interfaceType === 'interface' || interfaceType === 'branch')
    .map((own) => ({ own, peer: '198.51.100.7', address: own.privateIps[0] ?? '', port: 41022, fate: 'arrives' }));

interface Place {
  world: World;
  flowLog: FlowLog;
  from: number;
}

function recordsOf({ own, peer, address, port, fate }: Exchange, { world, flowLog, from }: Place): FlowRecord[] {
  if (fate === 'lost') return [];
  const [source] = own.privateIps;
  // Secondary addresses are not named but by the fields of the packet itself.
  const here = address.includes(':') ? address : (source ?? address);
  const ephemeral = 1024 + (Number.parseInt(hash(`${peer} ${from}`, 4), 16) % 60_000);
  const there = { address: peer, packet: peer, port: ephemeral };
  const self = { address: here, packet: address, port };
  const inward = { from: there, to: self, action: fate === 'rejected' ? 'REJECT' : 'ACCEPT' };
  const outward = { from: self, to: there, action: fate === 'answer rejected' ? 'REJECT' : 'ACCEPT' };
  const seen = fate === 'rejected' || fate === 'dropped' ? [inward] : [inward, outward];
  return seen
    .filter(({ action }) => flowLog.traffic === 'ALL' || flowLog.traffic === action)
    .map(({ from: sender, to: receiver, action }) => {
      const values: Record<string, string | number> = {
        version: 2,
        'account-id': world.account,
        'interface-id': own.id,
        srcaddr: sender.address,
        dstaddr: receiver.address,
        srcport: sender.port,
        dstport: receiver.port,
        protocol: 6,
        packets: 12,
        bytes: 720,
        start: from / 1000,
        end: from / 1000 + 59,
        action,
        'log-status': 'OK',
        'pkt-srcaddr': sender.packet,
        'pkt-dstaddr': receiver.packet,
        'vpc-id': own.vpcId,
        'subnet-id': own.subnetId,
      };
      const line = (flowLog.fields ?? defaultFields).map((field) => values[field] ?? '-').join(' ');
      return { interfaceId: own.id, at: from, line };
    });
}
