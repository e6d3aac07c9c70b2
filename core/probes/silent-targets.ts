import { hasKubeProxyPods, runsKubeProxy, runsKubeProxyAsProcess } from '../kubernetes/kube-proxy.ts';
import { isNodeReady } from '../kubernetes/node.ts';
import { nodeBehind } from '../kubernetes/node-behind.ts';
import { podsAt } from '../kubernetes/pod.ts';
import { endpointsOf, isLocal, isReady, serviceOf, servicePortOf } from '../kubernetes/service.ts';
import type { NetworkInterface, Target } from '../model/aws.ts';
import type { Endpoint, EndpointSlice, Node, Pod, Service } from '../model/kubernetes.ts';
import type { ProbeOutcome, ProbeResult } from '../model/probe-result.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { tcp } from '../network/clients/wire-protocol.ts';
import { endpointAt, evaluatePath, type Network } from '../network/connection-path.ts';
import { pathsTo, probesArrive } from '../network/health-check-path.ts';
import { interfaceAt, interfaceOf, ownAddress } from '../network/interfaces.ts';
import { podProbesFor, probeOf, triedAt } from './results.ts';

/** A target that answers nothing although nothing that was read stops the packets. */
export interface Silence {
  target: Target;
  probe: ProbeResult;
  networkInterface: NetworkInterface;
  node: Node | undefined;
  /** The pod at the address of an ip target. */
  pod: Pod | undefined;
}

export interface Surroundings extends Network {
  services: Service[];
  endpointSlices: EndpointSlice[];
  pods: Pod[];
  nodes: Node[];
  probes: ProbeResult[];
}

/** Nothing came back: neither an answer nor a refusal. ENETUNREACH is the prober's own: no address of that family, no route. */
export const isSilent = (outcome: ProbeOutcome): boolean =>
  (outcome.kind === 'timeout' && outcome.phase === 'connect') ||
  (outcome.kind === 'unreachable' && outcome.code !== 'ENETUNREACH');

/** The failing targets of which some probe of the port of the health check met no answer. */
export const silentTargets = (group: TargetGroupContext, probes: ProbeResult[]): Target[] =>
  group.memo.once([silentTargets, probes], () =>
    group.failing.filter((target) => triedAt(probes, target).some(({ outcome }) => isSilent(outcome))),
  );

/**
 * Targets whose health check meets no answer while every filter that was read admits it, from each load balancer node and
 * from the prober. Left out are nodes that are not Ready or have no kube-proxy, and NodePorts behind which pods are silent
 * themselves or out of reach of the node: those are other faults.
 */
export function silencesOf(group: TargetGroupContext, facts: Surroundings): Silence[] {
  return silentTargets(group, facts.probes).flatMap((target) => {
    const probe = probeOf(facts.probes, target, 'health-check');
    const networkInterface = interfaceOf(target, group.targetGroup, facts.networkInterfaces);
    if (probe === undefined || !isSilent(probe.outcome) || networkInterface === undefined) return [];
    const paths = pathsTo(target, group, facts);
    if (paths.length === 0 || paths.some(({ decision }) => decision !== 'allow')) return [];
    if (!probesArrive(target, group, facts)) return [];

    const [pod] = podsAt(target.id, facts.pods);
    const node = nodeBehind(target, facts);
    if (node !== undefined && (!isNodeReady(node) || lacksKubeProxy(node, facts.pods))) return [];
    if (!isForwardedWell(target, networkInterface, { group, node, facts })) return [];
    return [{ target, probe, networkInterface, node, pod }];
  });
}

/** True where other nodes have a kube-proxy pod and this one should have one that is ready. */
const lacksKubeProxy = (node: Node, pods: Pod[]): boolean =>
  hasKubeProxyPods(pods) && !runsKubeProxyAsProcess(node) && !runsKubeProxy(node, pods);

interface Place {
  group: TargetGroupContext;
  node: Node | undefined;
  facts: Surroundings;
}

/** False where the silence may be that of the pods behind a NodePort. True for ports that the node itself answers. */
function isForwardedWell(target: Target, own: NetworkInterface, { group, node, facts }: Place): boolean {
  const service = serviceOf(group, facts.services);
  if (service === undefined) return false;
  if (group.targetGroup.targetType === 'ip') return true;
  if (target.healthCheckPort === service.spec.healthCheckNodePort) return true;
  const port = servicePortOf(group, service);
  if (port?.nodePort !== target.healthCheckPort) return false;
  const endpoints = endpointsOf(service, port, facts.endpointSlices)
    .filter(isReady)
    .filter(({ nodeName }) => !isLocal(group, service) || nodeName === node?.metadata.name);
  const outcomes = podProbesFor(facts.probes, group.targetGroup.arn)
    .filter(({ request }) => endpoints.some(({ addresses }) => addresses.includes(request.address)))
    .map(({ outcome }) => outcome);
  return (
    outcomes.some(({ kind }) => kind === 'open') &&
    !outcomes.some(isSilent) &&
    endpoints.every((endpoint) => isReached(endpoint, { own, node, facts, targetPort: port.targetPort }))
  );
}

interface Forwarding {
  own: NetworkInterface;
  node: Node | undefined;
  facts: Surroundings;
  targetPort: number | string;
}

/** True when the node's own packets reach the endpoint; on its own node nothing is in between. */
function isReached({ nodeName, addresses }: Endpoint, { own, node, facts, targetPort }: Forwarding): boolean {
  const [address = ''] = addresses;
  const there = interfaceAt(address, facts.networkInterfaces);
  if (nodeName === node?.metadata.name || there === undefined || typeof targetPort === 'string') return true;
  const path = evaluatePath(
    endpointAt(ownAddress(own, address), own),
    endpointAt(address, there),
    tcp(targetPort),
    facts,
  );
  return path.decision === 'allow';
}
