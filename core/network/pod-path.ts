import { isServing, podsAt } from '../kubernetes/pod.ts';
import { endpointsOf, isLocal, isReady, nodeOf, serviceOf, targetPortIn } from '../kubernetes/service.ts';
import { usedFrom } from '../kubernetes/topology.ts';
import type { NetworkInterface, Subnet, Target } from '../model/aws.ts';
import { inOrder } from '../model/indexed.ts';
import type { EndpointSlice, Node, Pod, Service } from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { asCidr, contains } from './address.ts';
import { sourcesOf } from './health-check-path.ts';

/** A health check as it arrives at a pod. */
export interface PodArrival {
  target: Target;
  pod: Pod;
  port: number;
  /** Where the packets seem to come from; any of them will do a check. */
  sources: string[];
  /** CIDRs to admit: the subnets in which load balancer nodes, or nodes, have their addresses. */
  subnets: string[];
  /** False where a pod on the node itself may answer instead, so that the check fails now and then only. */
  always: boolean;
}

interface Cluster {
  services: Service[];
  endpointSlices: EndpointSlice[];
  pods: Pod[];
  nodes: Node[];
  networkInterfaces: NetworkInterface[];
  subnets: Subnet[];
}

/**
 * Which pods the health checks of these targets end in, or what else comes to their `healthCheckPort`, and from which addresses: those of
 * the load balancer at ip targets and under externalTrafficPolicy Local; that of the node, which hides the sender, under Cluster. A node always
 * reaches its own pods, so that these are left out. Empty where kube-proxy answers for the node.
 */
export function podArrivalsOf(
  group: TargetGroupContext,
  cluster: Cluster,
  { targets, protocol }: { targets: Target[]; protocol: 'TCP' | 'UDP' },
): PodArrival[] {
  const { targetGroup, loadBalancer } = group;
  const service = serviceOf(group, cluster.services);
  if (service === undefined || loadBalancer === undefined) return [];
  const sources = sourcesOf(group, cluster).map(({ end }) => end.address);
  const subnets = subnetsOf(sources, cluster);
  if (targetGroup.targetType === 'ip') {
    return targets.flatMap((target) =>
      podsAt(target.id, cluster.pods)
        .filter(hasOwnNetwork)
        .map((pod) => ({ target, pod, port: target.healthCheckPort, sources, subnets, always: true })),
    );
  }
  return targets.flatMap((target) => behindNode(target, sources, { group, service, cluster, protocol }));
}

const hasOwnNetwork = (pod: Pod): boolean => isServing(pod) && pod.spec.hostNetwork !== true;

const subnetsOf = (addresses: string[], { subnets }: Cluster): string[] => [
  ...new Set(
    addresses.map(
      (address) =>
        subnets.flatMap(({ cidr, ipv6Cidrs }) => [cidr, ...ipv6Cidrs]).find((cidr) => contains(cidr, address)) ??
        asCidr(address),
    ),
  ),
];

const internalIps = ({ status }: Node): string[] =>
  status.addresses.filter(({ type }) => type === 'InternalIP').map(({ address }) => address);

interface Place {
  group: TargetGroupContext;
  service: Service;
  cluster: Cluster;
  protocol: string;
}

function behindNode(target: Target, sources: string[], { group, service, cluster, protocol }: Place): PodArrival[] {
  const port = service.spec.ports.find(
    (each) => each.nodePort === target.healthCheckPort && each.protocol === protocol,
  );
  const node = nodeOf(target, cluster.nodes);
  if (port === undefined || node === undefined) return [];
  const endpoints = endpointsOf(service, port, cluster.endpointSlices).filter(isReady);
  const used = isLocal(group, service) ? endpoints : usedFrom(node, endpoints);
  const ready = new Set(used.flatMap(({ addresses }) => addresses));
  const pods = inOrder(
    cluster.pods,
    [...ready].map((address) => podsAt(address, cluster.pods)),
  ).filter(hasOwnNetwork);
  const isHere = ({ spec }: Pod): boolean => spec.nodeName === node.metadata.name;
  const local = isLocal(group, service);
  return pods
    .filter((pod) => isHere(pod) === local)
    .flatMap((pod) => {
      const number = targetPortIn(pod, port);
      if (number === undefined) return [];
      const always = local || !pods.some(isHere);
      if (local) return [{ target, pod, port: number, sources, subnets: subnetsOf(sources, cluster), always }];
      const all = cluster.nodes.flatMap(internalIps);
      return [{ target, pod, port: number, sources: internalIps(node), subnets: subnetsOf(all, cluster), always }];
    });
}
