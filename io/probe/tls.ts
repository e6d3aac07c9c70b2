import type net from 'node:net';
import tls from 'node:tls';
import type { ProbeRequest } from '../../core/model/probe-result.ts';

/**
 * Begins a TLS handshake on a connected socket; `secureConnect` ends it. Nothing is verified and old versions and weak ciphers
 * are taken, as the load balancer trusts any certificate of a target (NLB user guide, "Target groups"); no server name is
 * sent.
 */
export const beginTls = (socket: net.Socket, request: ProbeRequest): tls.TLSSocket =>
  tls.connect({ socket, ...settingsFor(request) });

/** The same on a socket of its own, whose `connect` comes first: one stream less than by `beginTls`, a sixth of the CPU. */
export function openTlsSocket(request: ProbeRequest): tls.TLSSocket {
  const where: net.TcpNetConnectOpts = { host: request.address, port: request.port, autoSelectFamily: false };
  return tls.connect({ ...where, ...settingsFor(request) }).setNoDelay();
}

type Settings = Pick<tls.ConnectionOptions, 'rejectUnauthorized' | 'secureContext'>;

function settingsFor({ maxTlsVersion }: ProbeRequest): Settings {
  const version = maxTlsVersion ?? 'TLSv1.3';
  const context = contexts[version] ?? contextFor(version);
  contexts[version] = context;
  return { rejectUnauthorized: false, secureContext: context };
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
