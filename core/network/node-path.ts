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
import type { EndpointSlice, Node, Pod, Service, ServicePort } from '../model/kubernetes.ts';
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

/** The ways on which a node passes health checks on under externalTrafficPolicy Cluster; empty where it does not. */
export function nodePathsOf(target: Target, group: TargetGroupContext, cluster: Cluster): NodePath[] {
  const service = serviceOf(group, cluster.services);
  const port = service && servicePortOf(group, service);
  const node = nodeOf(target, cluster.nodes);
  const own = interfaceOf(target, group.targetGroup, cluster.networkInterfaces);
  if (service === undefined || port === undefined || node === undefined || own === undefined) return [];
  if (isLocal(group, service) || port.nodePort !== target.healthCheckPort) return [];
  const { networkInterfaces, endpointSlices, pods } = cluster;
  /** Whole subnets that are admitted from here, with the port: most pods are in one that was met before. */
  const admitted = new Map<Endpoint, number>();
  const denialOf = (far: Side, number: number): Hop | undefined => {
    if (far.subnet !== undefined && admitted.get(far.subnet) === number) return undefined;
    const near = isIpv6(far.end.address) ? ipv6 : ipv4;
    if (!isWhollyAdmitted(near, far, number, cluster)) return denialBetween(near, far, number, cluster);
    if (far.subnet !== undefined) admitted.set(far.subnet, number);
    return undefined;
  };
  const [ipv4, ipv6] = [sideAt('0.0.0.0', own, cluster), sideAt('::', own, cluster)];
  const behind = group.memo.once([nodePathsOf, service, port, networkInterfaces, endpointSlices, pods], () =>
    podsBehind(service, port, cluster),
  );
  const used = new Set(
    usedFrom(
      node,
      behind.map(({ endpoint }) => endpoint),
    ),
  );
  return behind
    .filter(({ endpoint }) => used.has(endpoint))
    .map(({ nodeName, number, far }) => {
      const isHere = nodeName === node.metadata.name;
      return {
        port: number,
        isLocal: isHere,
        denial: isHere || far === undefined ? undefined : denialOf(far, number),
        nodeGroup: own.securityGroups[0] ?? '',
        podGroup: far?.end.securityGroupIds[0] ?? '',
      };
    });
}

/** The ready pods of the Service, with the port on which each is asked. */
const podsBehind = (service: Service, port: ServicePort, cluster: Cluster) =>
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

/** The node's own side, in the family of an address. */
const sideAt = (like: string, own: NetworkInterface, network: Network): Side =>
  sideOf(endpointAt(ownAddress(own, like), own), network);

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
