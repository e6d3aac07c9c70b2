import type { Target } from '../model/aws.ts';
import type { Node, Pod } from '../model/kubernetes.ts';
import type { ProbeRequest, ProbeResult } from '../model/probe-result.ts';
import { probesOf } from './results.ts';
import { isSilent } from './silent-targets.ts';

/** Milliseconds in which Linux does not repeat an unanswered SYN (RFC 6298: 1 s), so that one connection is one packet. */
export const oneSyn = 900;

/** Lost connections of ten below which chance or the prober's own network may be the cause. */
const fewest = 2;

/** How many of equal connections met no answer. */
export interface Loss {
  lost: number;
  of: number;
}

const lossOf = (probes: ProbeResult[]): Loss => ({
  lost: probes.filter(({ outcome }) => isSilent(outcome)).length,
  of: probes.length,
});

/** The loss among connections from new source ports to the target's own port. */
export const lossAt = (target: Target, probes: ProbeResult[]): Loss =>
  lossOf(probesOf(probes, target, 'connect-again'));

/** The loss at a port that the node serves by itself; undefined where none was tried or nothing answered there. */
export function lossBeside(target: Target, probes: ProbeResult[]): (Loss & { request: ProbeRequest }) | undefined {
  const tried = probesOf(probes, target, 'connect-node');
  const loss = lossOf(tried);
  return tried[0] === undefined || loss.lost === loss.of ? undefined : { ...loss, request: tried[0].request };
}

/** True where so many were lost that chance does not explain it, and a filter, which drops all, does not either. */
export const isShare = ({ lost, of }: Loss): boolean => lost >= fewest && lost < of;

/**
 * True where another port of the node, or of a pod on it, loses connections too and answers others. A port that answers nothing
 * at all shows nothing: a filter may drop what arrives there.
 */
export function losesElsewhere(
  node: Node | undefined,
  target: Target,
  { probes, pods = [] }: { probes: ProbeResult[]; pods?: Pod[] | undefined },
): boolean {
  const own = new Set([
    ...(node?.status.addresses ?? []).map(({ address }) => address),
    ...pods.filter(({ spec }) => spec.nodeName === node?.metadata.name).flatMap(({ status }) => status.podIPs),
  ]);
  const here = probesOf(probes, target, 'connect-again')[0]?.request;
  const others = probes.filter(
    ({ request: { address, port } }) => own.has(address) && (address !== here?.address || port !== here.port),
  );
  return Map.groupBy(others, ({ request: { address, port } }) => `${address} ${port}`)
    .values()
    .some(isLossy);
}

/** Of a series its share counts, of single requests that one had to be repeated. */
function isLossy(probes: ProbeResult[]): boolean {
  const isOfSeries = ({ purpose }: ProbeResult) => purpose === 'connect-again' || purpose === 'connect-node';
  const single = probes.filter((probe) => !isOfSeries(probe));
  const isAnswered = single.some(({ outcome }) => !isSilent(outcome));
  return isShare(lossOf(probes.filter(isOfSeries))) || (isAnswered && single.some(lostItsSyn));
}

/** True where no SYN was answered, or only one that the kernel had repeated, or that of a later connection. */
export const lostItsSyn = ({ outcome, timings, lostBefore = 0 }: ProbeResult): boolean =>
  (outcome.kind === 'timeout' && outcome.phase === 'connect') || (timings.connectMs ?? 0) >= oneSyn || lostBefore > 0;
