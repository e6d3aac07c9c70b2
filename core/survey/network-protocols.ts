/** Protocols that only a Network Load Balancer's target group can have (ELBv2 API reference, CreateTargetGroup). */
export const networkProtocols: ReadonlySet<string> = new Set(['TCP', 'TLS', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']);
