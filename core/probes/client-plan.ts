import { weightsOf } from '../controllers/weights.ts';
import { isLocal, podsOf, serviceOf } from '../kubernetes/service.ts';
import type { Target } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import type { Pod, Service } from '../model/kubernetes.ts';
import type { PlannedProbe, ProbePurpose, ProbeRequest } from '../model/probe-result.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { addressOf } from '../network/interfaces.ts';

/** Milliseconds that a client's first bytes may take. */
const patienceMs = 3000;

/**
 * At most one probe for each listener: to one healthy target, only where its answer decides whether clients are served.
 * `client-tls` offers a TLS handshake where the listener ends TLS and forwards plain text; `client-first-bytes` sends
 * one GET as the load balancer forwards it, with its Proxy Protocol header or without, where the other end may want it
 * otherwise and no health check has shown that. Read the answers with `clientAnswer`.
 */
export function planClientProbes(facts: Facts): PlannedProbe[] {
  const taken = new Set<string>();
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

type Question = [ProbePurpose, Pick<ProbeRequest, 'protocol' | 'proxyProtocol'>];

function questionOf(group: TargetGroupContext, facts: Facts): Question | undefined {
  const { targetGroup, listeners } = group;
  if (targetGroup.targetType === 'alb' || !['TCP', 'TLS'].includes(targetGroup.protocol)) return undefined;
  if (weightsOf(group).every((weight) => weight === 0)) return undefined;
  const sends = targetGroup.attributes['proxy_protocol_v2.enabled'] === 'true';
  const proxyProtocol = sends ? { proxyProtocol: true } : {};
  if (listeners.some(({ protocol }) => protocol === 'TLS') && targetGroup.protocol === 'TCP') {
    return ['client-tls', { protocol: 'TLS', ...proxyProtocol }];
  }
  const service = serviceOf(group, facts.slices.services);
  const isOpen = !isProvenByHealthCheck(group, service);
  const isWanted = service !== undefined && mayWantProxyProtocol(service, podsOf(service, facts.slices.pods));
  if (!isOpen || (!sends && !isWanted)) return undefined;
  return ['client-first-bytes', { protocol: targetGroup.protocol === 'TLS' ? 'HTTPS' : 'HTTP', ...proxyProtocol }];
}

/** An HTTP check of the traffic port begins with the very bytes that clients' connections begin with. */
const isProvenByHealthCheck = (group: TargetGroupContext, service: Service | undefined): boolean =>
  group.targetGroup.healthCheck.protocol !== 'TCP' &&
  group.targets.every(({ port, healthCheckPort }) => port === healthCheckPort) &&
  !(service !== undefined && isLocal(group, service) && service.spec.healthCheckNodePort !== undefined);

/** True where the Service or its containers name the Proxy Protocol: in an annotation, an argument or a variable. */
export function mayWantProxyProtocol({ metadata }: Service, pods: Pod[]): boolean {
  const names = (text: string): boolean => /proxy[-_]?protocol/i.test(text);
  if (Object.keys(metadata.annotations).some(names)) return true;
  return pods
    .flatMap(({ spec }) => spec.containers)
    .some(
      ({ args, command, env }) =>
        [...(command ?? []), ...(args ?? [])].some(names) ||
        env.some(({ name, value }) => names(name) && value !== 'false'),
    );
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
    ...(question.protocol !== 'TLS' && { path: '/' }),
    timeoutMs: patienceMs,
  },
  attempts: 1,
});
