import type { HealthCheck, TargetGroup } from '../../core/model/aws.ts';
import type { Behaviour } from '../world/world.ts';
import { statusOf } from './kubelet-probe.ts';

/** A process that resets every nth connection is taken to stumble for this long at a time. */
const stumbleSeconds = 15;

/**
 * True when a health check of the target group accepts what listens at the target
 * (elb-network-load-balancers-user-guide, target-group-health-checks.md). `undefined` is a refused connection.
 */
export function passesHealthCheck(targetGroup: TargetGroup, behaviour: Behaviour | undefined): boolean {
  // With most first packets lost, checks fail several times in a row soon enough.
  if (behaviour === undefined || behaviour.kind === 'silent' || behaviour.kind === 'lossy') return false;
  const { healthCheck } = targetGroup;
  if (behaviour.kind === 'http' && behaviour.failEvery && noticesStumble(healthCheck)) return false;
  if (healthCheck.protocol === 'TCP') return true;
  if (behaviour.kind !== 'http') return false;
  if (!speaksSameProtocol(healthCheck, behaviour)) return false;
  const sendsProxyHeader = targetGroup.attributes['proxy_protocol_v2.enabled'] === 'true';
  if (sendsProxyHeader ? behaviour.proxyProtocol === undefined : behaviour.proxyProtocol === 'required') return false;
  // The Host header of a check is the load balancer node's address, which no list of allowed hosts holds.
  if (behaviour.allowedHosts) return false;
  if ((behaviour.delayMs ?? 0) >= healthCheck.timeoutSeconds * 1000) return false;
  return isSuccess(healthCheck, statusOf(behaviour.paths, healthCheck.path ?? '/'));
}

/** As many failures in a row as the unhealthy threshold fit into one stumble. */
const noticesStumble = ({ unhealthyThreshold, intervalSeconds }: HealthCheck): boolean =>
  unhealthyThreshold * intervalSeconds < stumbleSeconds;

/** Checks offer TLS 1.2 at most and no client certificate; a plain check of a TLS port gets 400. */
function speaksSameProtocol({ protocol }: HealthCheck, { tls }: Extract<Behaviour, { kind: 'http' }>): boolean {
  if (protocol === 'HTTP') return tls === undefined;
  return tls !== undefined && tls.minVersion === undefined && !tls.clientCertificate;
}

const isSuccess = ({ successCodes = '200-399' }: HealthCheck, status: number): boolean =>
  successCodes.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return from !== undefined && to !== undefined && status >= from && status <= to;
  });
