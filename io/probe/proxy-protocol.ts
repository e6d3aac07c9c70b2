/**
 * A Proxy Protocol version 2 header with command LOCAL and no addresses, as a load balancer sends it before its own
 * health checks (haproxy.org proxy-protocol.txt, section 2.2).
 */
export const localProxyHeader: Buffer = Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex');
