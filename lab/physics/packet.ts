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

/** True when the packet reaches `to` and its answers come back. */
export type PacketFilter = (packet: Packet) => boolean;
