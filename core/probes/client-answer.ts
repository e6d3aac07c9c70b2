import type { Target } from '../model/aws.ts';
import type { ProbePurpose, ProbeResult } from '../model/probe-result.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { probesFor, spokeTls } from './results.ts';

/**
 * What a healthy target made of the beginning of a connection. `understood`: it took part in the TLS handshake, or
 * answered the request; `rejected`: it hung up, or answered that it does not understand; `unclear`: anything else, such
 * as silence, a refusal or a server that speaks first.
 */
export interface ClientAnswer {
  probe: ProbeResult;
  verdict: 'understood' | 'rejected' | 'unclear';
}

/** The one probe that stands for the clients of a target group, if one was sent. */
export const clientProbeOf = (
  { targetGroup }: Pick<TargetGroupContext, 'targetGroup'>,
  probes: ProbeResult[],
): ProbeResult | undefined => probesFor(probes, targetGroup.arn).find(({ purpose }) => clientPurposes.has(purpose));

const clientPurposes: ReadonlySet<ProbePurpose> = new Set(['client-tls', 'client-first-bytes', 'client-connect']);

/** The healthy target that refused that probe, with the probe. */
export function refusedClient(
  group: Pick<TargetGroupContext, 'targetGroup' | 'targets'>,
  probes: ProbeResult[],
): { probe: ProbeResult; target: Target } | undefined {
  const probe = clientProbeOf(group, probes);
  const target = group.targets.find(({ id, port }) => id === probe?.targetId && port === probe.targetPort);
  return probe?.outcome.kind === 'refused' && target?.state === 'healthy' ? { probe, target } : undefined;
}

/** What the answer to that probe means, where it asked for more than a connection. */
export function clientAnswer(
  group: Pick<TargetGroupContext, 'targetGroup'>,
  probes: ProbeResult[],
): ClientAnswer | undefined {
  const probe = clientProbeOf(group, probes);
  if (probe === undefined || probe.purpose === 'client-connect') return undefined;
  return { probe, verdict: probe.purpose === 'client-tls' ? tlsVerdict(probe) : bytesVerdict(probe) };
}

function tlsVerdict(probe: ProbeResult): ClientAnswer['verdict'] {
  const { outcome } = probe;
  if (outcome.kind === 'open' || spokeTls(probe)) return 'understood';
  const isHungUp = outcome.kind === 'reset' && outcome.phase === 'tls';
  return outcome.kind === 'tls-failed' || isHungUp ? 'rejected' : 'unclear';
}

/** Servers answer 400 to bytes that begin no request, or hang up on them (RFC 9110, section 15.5.1); those of TLS end the handshake. */
function bytesVerdict(probe: ProbeResult): ClientAnswer['verdict'] {
  const { outcome } = probe;
  if (outcome.kind === 'http') return outcome.status === 400 ? 'rejected' : 'understood';
  if (spokeTls(probe)) return 'understood';
  if (probe.request.protocol === 'HTTPS') {
    const isHungUp = outcome.kind === 'reset' && outcome.phase === 'tls';
    if (outcome.kind === 'tls-failed' || isHungUp) return 'rejected';
  }
  return outcome.kind === 'reset' && outcome.phase === 'response' ? 'rejected' : 'unclear';
}
