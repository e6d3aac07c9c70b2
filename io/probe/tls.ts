import type net from 'node:net';
import tls from 'node:tls';
import type { ProbeRequest } from '../../core/model/probe-result.ts';

/**
 * Begins a TLS handshake on a connected socket; `secureConnect` ends it. Nothing is verified and old versions and weak ciphers
 * are taken, as the load balancer trusts any certificate of a target (NLB user guide, "Target groups"); no server name is
 * sent.
 */
export function beginTls(socket: net.Socket, { maxTlsVersion }: ProbeRequest): tls.TLSSocket {
  const version = maxTlsVersion ?? 'TLSv1.3';
  const context = contexts[version] ?? contextFor(version);
  contexts[version] = context;
  return tls.connect({ socket, rejectUnauthorized: false, secureContext: context });
}

/** A context costs more than the rest of a handshake, and holds nothing of any connection. */
const contexts: Partial<Record<tls.SecureVersion, tls.SecureContext>> = {};

/** Elliptic curves alone: keys of post-quantum groups make a ClientHello of two packets, which old servers refuse. */
const contextFor = (maxVersion: tls.SecureVersion): tls.SecureContext =>
  tls.createSecureContext({
    minVersion: 'TLSv1',
    maxVersion,
    ciphers: 'DEFAULT:@SECLEVEL=0',
    ecdhCurve: 'X25519:P-256:P-384:P-521',
  });
