import type { NetworkPolicy, Pod } from '../world/kubernetes-object.ts';
import { inCidr } from '../world/network/address.ts';
import { nodeAddress, nodeOf } from '../world/network/node.ts';
import { cniVariable, enforcesNetworkPolicies } from '../world/network/vpc-cni.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { containerPort } from './kubelet-probe.ts';
import type { Packet } from './packet.ts';

/**
 * True for packets that the VPC CNI's policy agent lets through to a pod, or that go elsewhere. Policies add up, a pod that
 * none selects takes everything, and in strict mode nothing; packets of the pod's own node pass, and pods in the network of
 * their host are left alone (amazon-eks-user-guide networking/eks-networking-add-ons.adoc; kubernetes.io, Network
 * Policies). The lab's senders, load balancers, nodes and the prober, are no pods.
 */
export function policyFilter(world: World): (packet: Packet) => boolean {
  const admitsByCalico = calicoFilter(world);
  const pods = new Map(
    world.clusters.filter(enforcesNetworkPolicies).flatMap((cluster) =>
      objectsOf(cluster, 'Pod')
        .filter(({ spec }) => !spec.hostNetwork)
        .map((pod): [string, { cluster: WorldCluster; pod: Pod }] => [pod.status.podIP ?? '', { cluster, pod }]),
    ),
  );
  return (packet) => {
    if (!admitsByCalico(packet)) return false;
    const found = pods.get(packet.to);
    if (found === undefined) return true;
    const { cluster, pod } = found;
    const node = nodeOf(cluster, pod);
    if (packet.from === nodeAddress(node)) return true;
    const selecting = objectsOf(cluster, 'NetworkPolicy').filter((policy) => concerns(policy, pod));
    if (selecting.length === 0) return cniVariable(cluster, 'NETWORK_POLICY_ENFORCING_MODE') !== 'strict';
    return selecting.flatMap(({ spec }) => spec.ingress ?? []).some((rule) => lets(rule, packet, pod));
  };
}

type Rule = NonNullable<NetworkPolicy['spec']['ingress']>[number];

const concerns = ({ metadata, spec }: NetworkPolicy, pod: Pod): boolean =>
  metadata.namespace === pod.metadata.namespace &&
  spec.policyTypes.includes('Ingress') &&
  Object.entries(spec.podSelector.matchLabels ?? {}).every(([key, value]) => pod.metadata.labels[key] === value);

function lets({ from, ports }: Rule, packet: Packet, pod: Pod): boolean {
  const { sender = packet.from, protocol: wire = 'tcp' } = packet;
  const isMeant =
    from === undefined ||
    from.some(
      ({ ipBlock }) =>
        ipBlock !== undefined &&
        inCidr(sender, ipBlock.cidr) &&
        !(ipBlock.except ?? []).some((cidr) => inCidr(sender, cidr)),
    );
  const isOpen =
    ports === undefined ||
    ports.some(({ port, endPort, protocol = 'TCP' }) => {
      if (protocol.toLowerCase() !== wire) return false;
      if (port === undefined) return true;
      const first = containerPort(pod, port) ?? -1;
      return first <= packet.port && packet.port <= (endPort ?? first);
    });
  return isMeant && isOpen;
}

/**
 * Calico's GlobalNetworkPolicies of the tier `default` where calico-node runs: rules in the order of the policies, and at the end no
 * for a pod that one of them selects; packets of the pod's own node pass (Calico reference, "GlobalNetworkPolicy"). The lab knows
 * the selectors `all()` and `key == 'value'`, and sources by net.
 */
function calicoFilter(world: World): (packet: Packet) => boolean {
  const clusters = world.clusters.filter((cluster) =>
    objectsOf(cluster, 'DaemonSet').some(({ metadata }) => metadata.name === 'calico-node'),
  );
  return (packet) =>
    clusters.every((cluster) => {
      const pod = objectsOf(cluster, 'Pod').find(({ spec, status }) => !spec.hostNetwork && status.podIP === packet.to);
      if (pod === undefined) return true;
      if (packet.from === nodeAddress(nodeOf(cluster, pod))) return true;
      const selecting = objectsOf(cluster, 'GlobalNetworkPolicy')
        .filter(({ spec }) => isSelected(spec.selector, pod))
        .toSorted((a, b) => a.spec.order - b.spec.order);
      const rules = selecting.flatMap(({ spec }) => spec.ingress);
      const first = rules.find(({ source }) =>
        (source?.nets ?? ['0.0.0.0/0']).some((net) => inCidr(packet.sender ?? packet.from, net)),
      );
      return first === undefined ? selecting.length === 0 : first.action === 'Allow';
    });
}

function isSelected(selector: string, pod: Pod): boolean {
  const [, key = '', value] = /^(\S+) == '([^']*)'$/.exec(selector) ?? [];
  return selector === 'all()' || pod.metadata.labels[key] === value;
}
