import type { Target, TargetGroup } from '../model/aws.ts';
import { derived, indexed, inOrder, partOf, under } from '../model/indexed.ts';
import type { Pod } from '../model/kubernetes.ts';
import type { ProbeOutcome, ProbePurpose, ProbeResult } from '../model/probe-result.ts';
import { matches } from './health-check.ts';

/** Probes of one target, by purpose and then in the order in which they were sent; where it was not asked, those that stand for it. */
export function probesOf(probes: ProbeResult[], target: Target, ...purposes: ProbePurpose[]): ProbeResult[] {
  const its = probesAt(probes, target).filter(
    ({ purpose, targetPort }) => targetPort === target.port && purposes.includes(purpose),
  );
  if (its.length < 2) return its;
  return its.toSorted((a, b) => purposes.indexOf(a.purpose) - purposes.indexOf(b.purpose) || a.attempt - b.attempt);
}

/** The first probe of one target for one purpose. */
export function probeOf(probes: ProbeResult[], target: Target, purpose: ProbePurpose): ProbeResult | undefined {
  let first: ProbeResult | undefined;
  for (const probe of probesAt(probes, target)) {
    if (probe.purpose !== purpose || probe.targetPort !== target.port) continue;
    if (first === undefined || probe.attempt < first.attempt) first = probe;
  }
  return first;
}

/** What was sent to the address of one target for its group, whatever the port. */
function probesAt(probes: ProbeResult[], { targetGroupArn, id }: Target): ProbeResult[] {
  const all = probesFor(probes, targetGroupArn);
  // None, as for most groups, need no index.
  return all.length === 0 ? all : under(all, targetOf, id);
}

/** All probes that were sent for one target group. */
export const probesFor = (probes: ProbeResult[], targetGroupArn: string): ProbeResult[] =>
  partOf(probes, groupOf, targetGroupArn);

const groupOf = ({ targetGroupArn }: ProbeResult): string[] => [targetGroupArn];
const targetOf = ({ targetId, alike }: ProbeResult): string[] =>
  alike === undefined ? [targetId] : [targetId, ...alike];

/** True where any probe was sent to the target itself. */
export const isProbed = (probes: ProbeResult[], target: Target): boolean =>
  probesAt(probes, target).some(({ targetPort }) => targetPort === target.port);

/** Connections to pods that were made for one target group. */
export function podProbesFor(probes: ProbeResult[], targetGroupArn: string): ProbeResult[] {
  const its = probesFor(probes, targetGroupArn);
  if (its.length === 0) return its;
  return derived(its, [podProbesFor], () => indexed(its.filter(({ purpose }) => purpose === 'pod')));
}

/** Those of them that went to this pod. */
export function podProbesAt(probes: ProbeResult[], pod: Pod, targetGroupArn: string): ProbeResult[] {
  const all = podProbesFor(probes, targetGroupArn);
  if (all.length === 0) return all;
  return derived(all, [podProbesAt, pod], () =>
    inOrder(
      all,
      pod.status.podIPs.map((address) => under(all, requestedAddress, address)),
    ),
  );
}

/** Probes that were sent to an address, for whichever target group. */
export const probesTo = (probes: ProbeResult[], address: string | undefined): ProbeResult[] =>
  under(probes, requestedAddress, address);

/** Connections to this pod, made for whichever target group. */
export const podProbesTo = ({ status }: Pod, probes: ProbeResult[]): ProbeResult[] =>
  inOrder(
    probes,
    status.podIPs.map((address) => probesTo(probes, address)),
  ).filter(({ purpose }) => purpose === 'pod');

const requestedAddress = ({ request }: ProbeResult): string[] => [request.address];

/** The health check's own question as often as it was put. */
export const checksOf = (probes: ProbeResult[], target: Target): ProbeResult[] =>
  probesOf(probes, target, 'health-check', 'health-check-again');

/** All that was tried at the port of the health check: its own question, and connections that were made again. */
export const triedAt = (probes: ProbeResult[], target: Target): ProbeResult[] =>
  probesOf(probes, target, 'health-check', 'health-check-again', 'connect-again');

/** What a connection to a port of the pod met, sent for this target group. */
export const podProbeOf = (probes: ProbeResult[], pod: Pod, where: { targetGroupArn: string; port: number }) =>
  podProbesAt(probes, pod, where.targetGroupArn).find(({ request }) => request.port === where.port);

/** A reply that the health check would count as success, in time or late. */
export function answersWell({ outcome, request }: ProbeResult, targetGroup: TargetGroup): boolean {
  if (request.protocol === 'TCP') return outcome.kind === 'open';
  return outcome.kind === 'http' && matches(targetGroup.healthCheck.successCodes, outcome.status);
}

/** The outcome as an operator would say it. */
export function formatOutcome(outcome: ProbeOutcome): string {
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
export function formatRequest({ request }: ProbeResult): string {
  const host = request.address.includes(':') ? `[${request.address}]` : request.address;
  if (request.protocol === 'TCP' || request.protocol === 'TLS') return `${request.protocol} ${host}:${request.port}`;
  return `GET ${request.protocol.toLowerCase()}://${host}:${request.port}${request.path ?? '/'}`;
}

/** How the target answers its health check, where it never does so well; undefined also where it was not asked. */
export function badAnswer(probes: ProbeResult[], target: Target, targetGroup: TargetGroup): ProbeResult | undefined {
  const results = probesOf(probes, target, 'health-check');
  return results.some((probe) => answersWell(probe, targetGroup)) ? undefined : results[0];
}

/** Both questions and both answers in one line. */
export const formatContrast = (one: ProbeResult, other: ProbeResult): string =>
  `${formatRequest(one)}: ${formatOutcome(one.outcome)}; ${formatRequest(other)}: ${formatOutcome(other.outcome)}`;

/** True when the other end is a TLS server: it answered over TLS, or ended the handshake with an alert of its own. */
export const spokeTls = ({ request, outcome }: ProbeResult): boolean =>
  (request.protocol === 'HTTPS' || request.protocol === 'TLS') &&
  (outcome.kind === 'http' || (outcome.kind === 'tls-failed' && /\balert\b/.test(outcome.detail)));
