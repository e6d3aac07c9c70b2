import type { NetworkInterface, Target } from './aws.ts';
import type { Group } from './group.ts';
import { named } from './indexed.ts';
import type { EndpointSlice, Node, Pod, Service } from './kubernetes.ts';
import type { Ruling } from './ruling.ts';
import { endpointsOf, isLocal, isReady, nodeOf, serviceOf, servicePortOf, targetPortIn } from './service.ts';
import { interfaceAt, interfaceOf, ownAddress } from './target-interface.ts';
import { endAt, type Gate, type Network, wayBetween } from './way.ts';

/** The way from a node to one ready pod of the Service, on which kube-proxy passes connections on. */
export interface NodePath {
  port: number;
  isLocal: boolean;
  /** The security groups that deny it; absent for a pod on the node itself and for one whose interface was not seen. */
  denial: { gate: Gate; ruling: Ruling } | undefined;
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
export function nodePathsOf(target: Target, group: Group, cluster: Cluster): NodePath[] {
  const service = serviceOf(group, cluster.services);
  const port = service && servicePortOf(group, service);
  const node = nodeOf(target, cluster.nodes);
  const own = interfaceOf(target, group.targetGroup, cluster.networkInterfaces);
  if (service === undefined || port === undefined || node === undefined || own === undefined) return [];
  if (isLocal(group, service) || port.nodePort !== target.healthCheckPort) return [];
  return endpointsOf(service, port, cluster.endpointSlices)
    .filter(isReady)
    .flatMap(({ addresses: [address = ''], targetRef }) => {
      // By name: pods of the host network share an address, and pods that have ended keep theirs.
      const pod = named(cluster.pods, service.metadata.namespace, targetRef?.name);
      const number = pod && targetPortIn(pod, port);
      if (number === undefined) return [];
      const isHere = pod?.spec.nodeName === node.metadata.name;
      const there = interfaceAt(address, cluster.networkInterfaces);
      return [
        {
          port: number,
          isLocal: isHere,
          denial: isHere || there === undefined ? undefined : between(own, { address, there }, number, cluster),
          nodeGroup: own.securityGroups[0] ?? '',
          podGroup: there?.securityGroups[0] ?? '',
        },
      ];
    });
}

/** Security groups alone: what network ACLs do between nodes is for other checks. */
const between = (
  own: NetworkInterface,
  { address, there }: { address: string; there: NetworkInterface },
  port: number,
  network: Network,
): { gate: Gate; ruling: Ruling } | undefined => {
  const { gates } = wayBetween(endAt(ownAddress(own, address), own), endAt(address, there), port, network);
  return gates.find(({ gate, ruling }) => (gate === 'egress' || gate === 'ingress') && ruling.admission === 'denied');
};
