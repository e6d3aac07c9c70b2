import {
  endpointsOf,
  isLocal,
  isReady,
  nodeOf,
  serviceOf,
  servicePortOf,
  targetPortIn,
} from '../kubernetes/service.ts';
import { usedFrom } from '../kubernetes/topology.ts';
import type { NetworkInterface, Target } from '../model/aws.ts';
import { derived, named } from '../model/indexed.ts';
import type {
  EndpointSlice,
  Endpoint as KubernetesEndpoint,
  Node,
  Pod,
  Service,
  ServicePort,
} from '../model/kubernetes.ts';
import type { TargetGroupContext } from '../model/target-group-context.ts';
import { isIpv6 } from './address.ts';
import { tcp } from './clients/wire-protocol.ts';
import {
  type Endpoint,
  endpointAt,
  type Hop,
  type Network,
  securityGroupHops,
  wholeSubnet,
} from './connection-path.ts';
import { interfaceAt, interfaceOf, ownAddress } from './interfaces.ts';

/** The way from a node to one ready pod of the Service, on which kube-proxy passes connections on. */
export interface NodePath {
  port: number;
  isLocal: boolean;
  /** The security groups that deny it; absent for a pod on the node itself and for one whose interface was not seen. */
  denial: Hop | undefined;
  /** A security group of the node, and one of the pod. */
  nodeGroup: string;
  podGroup: string;
}

interface Cluster extends Network {
  services: Service[];
  endpointSlices: EndpointSlice[];
  nodes: Node[];
  pods: Pod[];
}

/**
 * The ways on which a node passes health checks on under externalTrafficPolicy Cluster; empty where it does not, and where the
 * security groups admit all of them.
 */
export function nodePathsOf(target: Target, group: TargetGroupContext, cluster: Cluster): NodePath[] {
  const service = serviceOf(group, cluster.services);
  const port = service && servicePortOf(group, service);
  const node = nodeOf(target, cluster.nodes);
  const own = interfaceOf(target, group.targetGroup, cluster.networkInterfaces);
  if (service === undefined || port === undefined || node === undefined || own === undefined) return [];
  if (isLocal(group, service) || port.nodePort !== target.healthCheckPort) return [];
  const { networkInterfaces, securityGroups, subnets, prefixLists, endpointSlices, pods } = cluster;
  const { ipv4, ipv6 } = sidesOf(own, cluster);
  const behind = group.memo.once([podsBehind, service, port, networkInterfaces, subnets, endpointSlices, pods], () =>
    podsBehind(service, port, cluster),
  );
  const isOpen = ({ far, number }: PodBehind): boolean =>
    far === undefined || isWhollyAdmitted(isIpv6(far.end.address) ? ipv6 : ipv4, far, number, cluster);
  // Nodes that no security group tells apart are judged once.
  const areAllOpen = group.memo.once([nodePathsOf, behind, ipv4.subnet, ipv6.subnet, securityGroups, prefixLists], () =>
    behind.every(isOpen),
  );
  if (areAllOpen) return [];
  const used = new Set(
    usedFrom(
      node,
      behind.map(({ endpoint }) => endpoint),
    ),
  );
  return behind
    .filter(({ endpoint }) => used.has(endpoint))
    .map((pod) => {
      const { nodeName, number, far } = pod;
      const isHere = nodeName === node.metadata.name;
      const near = isIpv6(far?.end.address ?? '') ? ipv6 : ipv4;
      return {
        port: number,
        isLocal: isHere,
        denial: isHere || far === undefined || isOpen(pod) ? undefined : denialBetween(near, far, number, cluster),
        nodeGroup: own.securityGroups[0] ?? '',
        podGroup: far?.end.securityGroupIds[0] ?? '',
      };
    });
}

/** A ready pod of the Service, and the port on which it is asked. */
interface PodBehind {
  endpoint: KubernetesEndpoint;
  nodeName: string | undefined;
  number: number;
  /** Its side of a connection; undefined where its interface was not seen. */
  far: Side | undefined;
}

const podsBehind = (service: Service, port: ServicePort, cluster: Cluster): PodBehind[] =>
  endpointsOf(service, port, cluster.endpointSlices)
    .filter(isReady)
    .flatMap((endpoint) => {
      const {
        addresses: [address = ''],
        targetRef,
      } = endpoint;
      // By name: pods of the host network share an address, and pods that have ended keep theirs.
      const pod = named(cluster.pods, service.metadata.namespace, targetRef?.name);
      const number = pod && targetPortIn(pod, port);
      if (pod === undefined || number === undefined) return [];
      const there = interfaceAt(address, cluster.networkInterfaces);
      const far = there && sideOf(endpointAt(address, there), cluster);
      return [{ endpoint, nodeName: pod.spec.nodeName, number, far }];
    });

/** One side of a connection between a node and a pod, and the whole subnet that it is in. */
interface Side {
  end: Endpoint;
  subnet: Endpoint | undefined;
}

const sideOf = (end: Endpoint, network: Network): Side => ({ end, subnet: wholeSubnet(end, network) });

/** The node's own side by IPv4 and by IPv6: for every Service the same. */
const sidesOf = (own: NetworkInterface, network: Network): { ipv4: Side; ipv6: Side } =>
  derived(network.subnets, [sidesOf, own], () => ({
    ipv4: sideOf(endpointAt(ownAddress(own, '0.0.0.0'), own), network),
    ipv6: sideOf(endpointAt(ownAddress(own, '::'), own), network),
  }));

/** True where the security groups admit all of one subnet to all of the other. */
function isWhollyAdmitted(near: Side, far: Side, port: number, network: Network): boolean {
  const { securityGroups, prefixLists } = network;
  const [from, to] = [near.subnet, far.subnet];
  if (from === undefined || to === undefined) return false;
  return derived(securityGroups, [isWhollyAdmitted, from, to, port, prefixLists], () =>
    securityGroupHops(from, to, tcp(port), network).every(({ verdict }) => verdict.decision === 'allow'),
  );
}

/** Security groups alone: what network ACLs do between nodes is for other checks. */
const denialBetween = (near: Side, far: Side, port: number, network: Network): Hop | undefined =>
  securityGroupHops(near.end, far.end, tcp(port), network).find(({ verdict }) => verdict.decision === 'deny');
