import type { Target, TargetGroup } from './aws.ts';
import { matches } from './health-check.ts';
import type { Pod } from './kubernetes.ts';
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

/** The health check's own question as often as it was put. */
export const checksOf = (probes: Probe[], target: Target): Probe[] => [
  ...probesOf(probes, target, 'health-check'),
  ...probesOf(probes, target, 'health-check-again'),
];

/** The first probe of one target for one purpose. */
export const probeOf = (probes: Probe[], target: Target, purpose: ProbePurpose): Probe | undefined =>
  probesOf(probes, target, purpose)[0];

/** What a connection to a port of the pod met, sent for this target group. */
export const podProbeOf = (probes: Probe[], pod: Pod, where: { targetGroupArn: string; port: number }) =>
  probes.find(
    ({ purpose, request, targetGroupArn }) =>
      purpose === 'pod' &&
      targetGroupArn === where.targetGroupArn &&
      request.port === where.port &&
      pod.status.podIPs.includes(request.address),
  );

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
  if (request.protocol === 'TCP' || request.protocol === 'TLS') return `${request.protocol} ${host}:${request.port}`;
  return `GET ${request.protocol.toLowerCase()}://${host}:${request.port}${request.path ?? '/'}`;
}

/** How the target answers its health check, where it never does so well; undefined also where it was not asked. */
export function badAnswer(probes: Probe[], target: Target, targetGroup: TargetGroup): Probe | undefined {
  const asked = probesOf(probes, target, 'health-check');
  return asked.some((probe) => answersWell(probe, targetGroup)) ? undefined : asked[0];
}

/** Both questions and both answers in one line. */
export const sayContrast = (one: Probe, other: Probe): string =>
  `${sayRequest(one)}: ${say(one.outcome)}; ${sayRequest(other)}: ${say(other.outcome)}`;

/** True when the other end is a TLS server: it answered over TLS, or ended the handshake with an alert of its own. */
export const spokeTls = ({ request, outcome }: Probe): boolean =>
  (request.protocol === 'HTTPS' || request.protocol === 'TLS') &&
  (outcome.kind === 'http' || (outcome.kind === 'tls-failed' && /\balert\b/.test(outcome.detail)));
