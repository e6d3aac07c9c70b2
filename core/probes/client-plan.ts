import { weightsOf } from '../controllers/listeners/weights.ts';
import { mayWantProxyProtocol } from '../controllers/proxy-protocol.ts';
import { isBehindMesh } from '../kubernetes/behind-mesh.ts';
import { isHttpPort } from '../kubernetes/http-port.ts';
import { readinessRequestOf } from '../kubernetes/readiness-request.ts';
import { podsOf, serviceOf, servicePortOf } from '../kubernetes/service.ts';
import type { Target } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import type { PlannedProbe, ProbePurpose, ProbeRequest } from '../model/probe-result.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { addressOf } from '../network/interfaces.ts';
import { headerOf, isCheckedElsewhere, isProvenByHealthCheck } from './client-bytes.ts';

/** Milliseconds that a client's first bytes may take. */
const patienceMs = 3000;

/**
 * At most one probe for each listener: to one healthy target, only where its answer decides whether clients are served.
 * `client-tls` offers a TLS handshake where the listener ends TLS and forwards plain text; `client-first-bytes` sends
 * one GET as the load balancer forwards it, with its Proxy Protocol header or without, where the other end may want it
 * otherwise, or the port is for HTTP and hidden from the health check: the kubelet's own request, where there is one.
 * `client-connect` only connects, where the health check goes to another port, whatever is spoken there. Read the answers with `clientAnswer`. `taken` holds the ARNs of listeners that were asked for in this run, and gets those of this plan.
 */
export function planClientProbes(facts: Facts, taken: Set<string> = new Set()): PlannedProbe[] {
  return groupsOf(facts).flatMap((group) => {
    const question = questionOf(group, facts);
    const target = group.targets.find(({ state }) => state === 'healthy');
    const address = target && addressOf(target, group.targetGroup, facts.slices.networkInterfaces);
    const listeners = group.listeners.map(({ arn }) => arn);
    if (question === undefined || target === undefined || address === undefined) return [];
    if (listeners.every((arn) => taken.has(arn))) return [];
    for (const arn of listeners) taken.add(arn);
    return [planned(target, address, question)];
  });
}

type Question = [ProbePurpose, Pick<ProbeRequest, 'protocol' | 'proxyProtocol' | 'path' | 'host'>];

function questionOf(group: TargetGroupContext, facts: Facts): Question | undefined {
  const { targetGroup, listeners } = group;
  if (targetGroup.targetType === 'alb' || !['TCP', 'TLS'].includes(targetGroup.protocol)) return undefined;
  if (weightsOf(group).every((weight) => weight === 0)) return undefined;
  const header = headerOf(group);
  const proxyProtocol = header === 'on' ? { proxyProtocol: true } : {};
  if (listeners.some(({ protocol }) => protocol === 'TLS') && targetGroup.protocol === 'TCP') {
    return ['client-tls', { protocol: 'TLS', ...proxyProtocol }];
  }
  const { services, pods } = facts.slices;
  const service = serviceOf(group, services);
  const port = service && servicePortOf(group, service);
  const isWanted =
    service !== undefined &&
    (mayWantProxyProtocol(service, port, podsOf(service, pods)) ||
      (port !== undefined && isHttpPort(port) && (isCheckedElsewhere(group) || isBehindMesh(service, port, pods))));
  if (isProvenByHealthCheck(group, service) || header === 'unread' || (header === 'off' && !isWanted)) {
    return isCheckedElsewhere(group) ? ['client-connect', { protocol: 'TCP' }] : undefined;
  }
  const own = service && port && readinessRequestOf(service, port, pods);
  const protocol = own?.scheme ?? (targetGroup.protocol === 'TLS' ? 'HTTPS' : 'HTTP');
  const { path = '/', host } = own ?? {};
  return ['client-first-bytes', { protocol, path, ...(host !== undefined && { host }), ...proxyProtocol }];
}

const planned = (target: Target, address: string, [purpose, question]: Question): PlannedProbe => ({
  purpose,
  targetGroupArn: target.targetGroupArn,
  targetId: target.id,
  targetPort: target.port,
  request: {
    address,
    port: target.port,
    ...question,
    timeoutMs: patienceMs,
  },
  attempts: 1,
});
