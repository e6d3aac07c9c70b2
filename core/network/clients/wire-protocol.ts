export type WireProtocol = 'tcp' | 'udp';

/** A port by one protocol. */
export interface Door {
  protocol: WireProtocol;
  port: number;
}

export const tcp = (port: number): Door => ({ protocol: 'tcp', port });

/** Protocols on the wire, by the protocol of a listener or target group (ELBv2 API reference, CreateListener). */
const onTheWire: Record<string, WireProtocol[]> = {
  TCP: ['tcp'],
  TLS: ['tcp'],
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};

export const wireProtocolsOf = (protocol: string): WireProtocol[] => onTheWire[protocol] ?? [];
