import { once } from 'node:events';
import type net from 'node:net';
import tls from 'node:tls';
import type { ProbeRequest } from '../../core/model/probe-result.ts';

/**
 * Begins a TLS handshake on a connected socket. Nothing is verified and old versions and weak ciphers are taken, as
 * the load balancer trusts any certificate of a target (NLB user guide, "Target groups"); no server name is sent.
 */
export function beginTls(socket: net.Socket, { maxTlsVersion }: ProbeRequest): tls.TLSSocket {
  const secured = tls.connect({
    socket,
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    maxVersion: maxTlsVersion ?? 'TLSv1.3',
    ciphers: 'DEFAULT:@SECLEVEL=0',
  });
  secured.on('error', () => {});
  return secured;
}

/** Waits for the end of the handshake; rejects with the error of OpenSSL or of the socket. */
export async function secured(socket: tls.TLSSocket): Promise<void> {
  await once(socket, 'secureConnect');
}
