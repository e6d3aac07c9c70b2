export type WireProtocol = 'tcp' | 'udp';

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
