/** A TCP connection attempt inside the VPC, or a datagram. */
export interface Packet {
  /** Of the interface that it leaves. */
  from: string;
  to: string;
  port: number;
  /** TCP where absent. */
  protocol?: 'udp';
  /** The address that it bears where that is another one: of a client, also from outside of the VPC, for whom a load balancer passes it on. */
  sender?: string;
}

/**
 * Where a packet ends: it or what answers it is lost elsewhere, rejected at the interface of its target, or dropped behind that; or it arrives and
 * can be answered.
 */
export type PacketFate = 'lost' | 'rejected' | 'dropped' | 'answer rejected' | 'answer lost' | 'arrives';

/** True when the packet reaches `to` and its answers come back. */
export type PacketFilter = (packet: Packet) => boolean;
