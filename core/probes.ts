import type { Target, TargetGroup } from './aws.ts';
import { matches } from './health-check.ts';
import type { Probe, ProbeOutcome, ProbePurpose } from './probe.ts';

/** Probes of one target for one purpose, in the order in which they were sent. */
export const probesOf = (probes: Probe[], target: Target, purpose: ProbePurpose): Probe[] =>
  probes
    .filter(
      (probe) =>
        probe.purpose === purpose &&
        probe.targetGroupArn === target.targetGroupArn &&
        probe.targetId === target.id &&
        probe.targetPort === target.port,
    )
    .toSorted((a, b) => a.attempt - b.attempt);

/** The first probe of one target for one purpose. */
export const probeOf = (probes: Probe[], target: Target, purpose: ProbePurpose): Probe | undefined =>
  probesOf(probes, target, purpose)[0];

/** A reply that the health check would count as success, in time or late. */
export function answersWell({ outcome, request }: Probe, targetGroup: TargetGroup): boolean {
  if (request.protocol === 'TCP') return outcome.kind === 'open';
  return outcome.kind === 'http' && matches(targetGroup.healthCheck.successCodes, outcome.status);
}

/** The outcome as an operator would say it. */
export function say(outcome: ProbeOutcome): string {
  switch (outcome.kind) {
    case 'open':
      return 'connected';
    case 'http':
      return `HTTP ${outcome.status}`;
    case 'refused':
      return 'connection refused';
    case 'timeout':
      return outcome.phase === 'connect' ? 'no answer to the SYN' : `no answer after connecting (${outcome.phase})`;
    case 'unreachable':
      return `unreachable (${outcome.code})`;
    case 'reset':
      return outcome.phase === 'connect' ? 'reset while connecting' : `connection reset (${outcome.phase})`;
    case 'not-http':
      return `answer is not HTTP (${outcome.firstBytes})`;
    case 'tls-failed':
      return `TLS handshake failed (${outcome.detail})`;
  }
}

/** The request as an operator would repeat it. */
export function sayRequest({ request }: Probe): string {
  const host = request.address.includes(':') ? `[${request.address}]` : request.address;
  if (request.protocol === 'TCP') return `TCP ${host}:${request.port}`;
  return `GET ${request.protocol.toLowerCase()}://${host}:${request.port}${request.path ?? '/'}`;
}
