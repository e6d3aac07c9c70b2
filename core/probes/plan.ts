import { healthzPort } from '../kubernetes/kube-proxy.ts';
import { isServing, probedPortIn } from '../kubernetes/pod.ts';
import { checkedPortOf, isLocal, podsOf, serviceOf, servicePortOf, targetPortIn } from '../kubernetes/service.ts';
import type { Target } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import type { Pod, Service } from '../model/kubernetes.ts';
import type { PlannedProbe, ProbePurpose, ProbeRequest } from '../model/probe-result.ts';
import { groupsOf, type TargetGroupContext } from '../model/target-group-context.ts';
import { addressOf } from '../network/interfaces.ts';
import { nodesOf } from '../network/load-balancer-nodes.ts';
import { agrees, kindsOfTargets } from './sample.ts';

/** Milliseconds by which an HTTP probe outlasts the health check, so that a late answer is seen as late. */
const patience = 3000;
/** Milliseconds for connections that no health-check setting limits. */
const connectTimeout = 3000;
const podsPerGroup = 10;
const portsPerPod = 5;
/** Repeats that show whether a target fails now and then, on this many targets of a group. */
const repeats = 20;
const repeatedTargets = 10;

/**
 * The probes worth sending for these Facts: only targets that fail or wait for their first check are asked, of many alike
 * (`kindsOfTargets`) some, each the health check's own question first, then what tells the causes apart.
 */
export function planProbes(facts: Facts): PlannedProbe[] {
  return groupsOf(facts).flatMap((group) => {
    const targets = kindsOfTargets(group, facts).flatMap((kind) => kind.probed);
    if (targets.length === 0 || group.loadBalancer === undefined) return [];
    const service = serviceOf(group, facts.slices.services);
    return [
      ...targets.flatMap((target, index) => ofTarget(target, index, { group, service, facts })),
      ...(service === undefined ? [] : ofPods(group, service, facts)),
    ];
  });
}

/** The same questions to the targets that were left out, where those that were asked in their place disagree. */
export function planOthers(facts: Facts): PlannedProbe[] {
  return groupsOf(facts).flatMap((group) => {
    if (group.loadBalancer === undefined) return [];
    const service = serviceOf(group, facts.slices.services);
    return kindsOfTargets(group, facts)
      .filter((kind) => kind.others.length > 0 && !agrees(kind, group, facts.slices.probes))
      .flatMap(({ others }) => others)
      .flatMap((target) => ofTarget(target, repeatedTargets, { group, service, facts }));
  });
}

interface Place {
  group: TargetGroupContext;
  service: Service | undefined;
  facts: Facts;
}

function ofTarget(target: Target, index: number, { group, service, facts }: Place): PlannedProbe[] {
  const { targetGroup } = group;
  const { healthCheck } = targetGroup;
  const address = addressOf(target, targetGroup, facts.slices.networkInterfaces);
  if (address === undefined) return [];
  const timeoutMs = healthCheck.timeoutSeconds * 1000;
  const isHttp = healthCheck.protocol !== 'TCP';
  const plan = planner(target);

  const check: ProbeRequest = {
    address,
    port: target.healthCheckPort,
    protocol: healthCheck.protocol,
    timeoutMs: isHttp ? timeoutMs + patience : timeoutMs,
    ...(isHttp && { path: healthCheck.path ?? '/', host: hostHeader(group, facts) }),
    ...(targetGroup.attributes['proxy_protocol_v2.enabled'] === 'true' && { proxyProtocol: true }),
  };
  const probes = [plan('health-check', check, isTight(group) && index < repeatedTargets ? repeats : 1)];

  if (target.port !== target.healthCheckPort) {
    probes.push(plan('traffic-port', { address, port: target.port, protocol: 'TCP', timeoutMs: connectTimeout }));
  }
  const healthCheckNodePort = service?.spec.healthCheckNodePort;
  if (service !== undefined && isLocal(group, service) && healthCheckNodePort !== undefined) {
    const request: ProbeRequest = { address, port: healthCheckNodePort, protocol: 'HTTP', path: '/healthz', timeoutMs };
    probes.push(plan('kube-proxy', request));
  }
  if (service !== undefined && targetGroup.targetType === 'instance') {
    const request: ProbeRequest = {
      address,
      port: healthzPort,
      protocol: 'HTTP',
      path: '/healthz',
      timeoutMs: connectTimeout,
    };
    probes.push(plan('kube-proxy-healthz', request));
  }
  const path = readinessPath(target, { group, service, facts });
  if (path !== undefined && isHttp && path !== healthCheck.path) {
    probes.push(plan('readiness-path', { ...check, path }));
  }
  return probes;
}

/** Connections to the pods behind the Service, on the target port and on the ports that their containers declare. */
function ofPods(group: TargetGroupContext, service: Service, facts: Facts): PlannedProbe[] {
  const port = servicePortOf(group, service);
  if (port === undefined) return [];
  const failing = new Set(group.nonHealthy.map(({ id }) => id));
  const pods = podsOf(service, facts.slices.pods)
    .filter(isServing)
    .filter(({ status }) => group.targetGroup.targetType === 'instance' || status.podIPs.some((ip) => failing.has(ip)));
  return pods.slice(0, podsPerGroup).flatMap((pod) => {
    const targetPort = port.protocol === 'TCP' ? targetPortIn(pod, port) : undefined;
    // At an address of another family the target port alone tells whether the process listens there too.
    const doors = pod.status.podIPs.flatMap((address, index) =>
      (index === 0 ? portsOf(pod, targetPort) : [targetPort ?? []].flat()).map((number) => ({ address, number })),
    );
    return doors.map(({ address, number }) =>
      planner({ targetGroupArn: group.targetGroup.arn, id: address, port: number })('pod', {
        address,
        port: number,
        protocol: 'TCP',
        timeoutMs: connectTimeout,
      }),
    );
  });
}

function portsOf(pod: Pod, targetPort: number | undefined): number[] {
  const declared = pod.spec.containers
    .flatMap(({ ports }) => ports)
    .filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP')
    .map(({ containerPort }) => containerPort);
  return [...new Set([...(targetPort === undefined ? [] : [targetPort]), ...declared])].slice(0, portsPerPod);
}

/** The path that the kubelet asks on the very port that the health check leads to, if the pods have one. */
function readinessPath(target: Target, { group, service, facts }: Place): string | undefined {
  if (service === undefined) return undefined;
  const port = checkedPortOf(target, group, service);
  const isPastService = group.targetGroup.targetType === 'ip' && target.healthCheckPort !== target.port;
  const ownPort = isPastService ? target.healthCheckPort : undefined;
  return podsOf(service, facts.slices.pods)
    .flatMap((pod) =>
      pod.spec.containers.flatMap((container) => {
        const get = container.readinessProbe?.httpGet;
        const number = probedPortIn(container, container.readinessProbe);
        const checked = ownPort ?? (port && targetPortIn(pod, port));
        return get !== undefined && number !== undefined && number === checked ? [get.path ?? '/'] : [];
      }),
    )
    .at(0);
}

/** `Host: <address of a load balancer node>:<listener port>`, as the health check sends it (NLB user guide). */
function hostHeader(group: TargetGroupContext, facts: Facts): string {
  const { networkInterfaces, subnets } = facts.slices;
  const [node] = group.loadBalancer ? nodesOf(group.loadBalancer, networkInterfaces, subnets) : [];
  const address = node?.address.split('/')[0] ?? group.loadBalancer?.dnsName ?? 'localhost';
  return `${address.includes(':') ? `[${address}]` : address}:${group.listeners[0]?.port ?? group.targetGroup.port}`;
}

/** Thresholds so low that a single hiccup of twenty seconds or less takes a target out. */
export const isTight = ({ targetGroup }: Pick<TargetGroupContext, 'targetGroup'>): boolean =>
  targetGroup.healthCheck.unhealthyThreshold * targetGroup.healthCheck.intervalSeconds <= 20;

const planner =
  (target: Pick<Target, 'targetGroupArn' | 'id' | 'port'>) =>
  (purpose: ProbePurpose, request: ProbeRequest, attempts = 1): PlannedProbe => ({
    purpose,
    targetGroupArn: target.targetGroupArn,
    targetId: target.id,
    targetPort: target.port,
    request,
    attempts,
  });
