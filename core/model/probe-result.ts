/** What one packet exchange from the auditor's own position met. */

import type { HealthCheckProtocol } from './aws.ts';

/**
 * Why the probe was made: `health-check` repeats the target group's own check; `traffic-port` connects to the
 * registered port; `kube-proxy` asks the Service's healthCheckNodePort, `kube-proxy-healthz` its own health server; `pod`
 * goes to a pod's address. The others put a health check that went wrong otherwise: with HTTP for HTTPS or the reverse,
 * with another Host header, with TLS 1.2 at most, with or without a Proxy Protocol header, and with the settings that the
 * Service asks for; `health-check-again` puts the same question once more, and
 * `connect-again` only connects, from a new port each time, with a time-out in which the kernel does not repeat the SYN, and
 * `connect-node` does the same at a port that the node behind the target serves by itself. `client-tls`, `client-first-bytes` and
 * `client-connect` go to one healthy target of a listener, where only an answer decides whether clients are served (see `planClientProbes`);
 * `clientAnswer` reads them.
 */
export type ProbePurpose =
  | 'health-check'
  | 'health-check-again'
  | 'traffic-port'
  | 'kube-proxy'
  | 'kube-proxy-healthz'
  | 'pod'
  | 'readiness-path'
  | 'other-scheme'
  | 'other-host'
  | 'tls-1.2'
  | 'with-proxy-header'
  | 'without-proxy-header'
  | 'expected-check'
  | 'connect-again'
  | 'connect-node'
  | 'client-tls'
  | 'client-first-bytes'
  | 'client-connect';

/** The exact request. `timeoutMs` is the deadline of the whole exchange. */
export interface ProbeRequest {
  address: string;
  port: number;
  /** `TLS` is a handshake and nothing after it. */
  protocol: HealthCheckProtocol | 'TLS';
  path?: string;
  /** Value of the Host header. */
  host?: string;
  /** Sends a Proxy Protocol v2 header of type LOCAL first. */
  proxyProtocol?: boolean;
  maxTlsVersion?: 'TLSv1.2';
  timeoutMs: number;
}

/**
 * What came back; `open` to TCP and TLS, which ask for nothing else. `phase` tells how far the exchange had got; `body` holds the
 * first characters of an error, or what kube-proxy says.
 */
export type ProbeOutcome =
  | { kind: 'open' }
  | { kind: 'http'; status: number; body?: string; location?: string }
  | { kind: 'refused' }
  | { kind: 'timeout'; phase: ProbePhase }
  | { kind: 'unreachable'; code: string }
  | { kind: 'reset'; phase: ProbePhase }
  | { kind: 'not-http'; firstBytes: string }
  | { kind: 'tls-failed'; detail: string };

export type ProbePhase = 'connect' | 'tls' | 'response';

/**
 * Milliseconds from the first SYN, without those in which the prober itself was late; a phase that was not reached is absent.
 */
export interface ProbeTimings {
  connectMs?: number;
  tlsMs?: number;
  firstByteMs?: number;
  totalMs: number;
  /** By how much the prober was late meanwhile; absent where it was on time. */
  ownDelayMs?: number;
}

export interface ProbeResult {
  purpose: ProbePurpose;
  targetGroupArn: string;
  targetId: string;
  targetPort: number;
  request: ProbeRequest;
  outcome: ProbeOutcome;
  timings: ProbeTimings;
  /** 1 for the first of several equal probes. */
  attempt: number;
  /** Connections from other source ports, sent just before this one, that met no answer; absent = none. */
  lostBefore?: number;
  /** Ids of targets of the group, at the same port, that were not asked, as all that were asked of their kind answered alike. */
  alike?: string[];
  /** RFC 3339. */
  sentAt: string;
}

/** Where the probes start: what decides whether they can stand for the load balancer's own check. */
export type Vantage =
  | { kind: 'vpc'; vpcId: string; subnetIds: string[]; securityGroupIds: string[] }
  | { kind: 'outside'; note: string };

/** A probe that is to be sent, `attempts` times with a pause between. */
export interface PlannedProbe {
  purpose: ProbePurpose;
  targetGroupArn: string;
  targetId: string;
  targetPort: number;
  request: ProbeRequest;
  attempts: number;
}
