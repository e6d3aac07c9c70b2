/** A TCP connection attempt inside the VPC. */
export interface Packet {
  from: string;
  to: string;
  port: number;
}

/** True when the packet reaches `to` and its answers come back. */
export type PacketFilter = (packet: Packet) => boolean;
