import { inCidr } from '../world/network/address.ts';
import { nodeAddress } from '../world/network/node.ts';
import { cniVariable, enforcesNetworkPolicies } from '../world/network/vpc-cni.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import type { KubernetesObject, World, WorldCluster } from '../world/world.ts';
import { containerPort } from './kubelet.ts';
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
        .map((pod): [string, { cluster: WorldCluster; pod: KubernetesObject }] => [
          pod['status'].podIP,
          { cluster, pod },
        ]),
    ),
  );
  return (packet) => {
    if (!admitsByCalico(packet)) return false;
    const found = pods.get(packet.to);
    if (found === undefined) return true;
    const { cluster, pod } = found;
    const node = objectOf(cluster, 'Node', { name: pod['spec'].nodeName });
    if (packet.from === nodeAddress(node)) return true;
    const selecting = objectsOf(cluster, 'NetworkPolicy').filter((policy) => concerns(policy, pod));
    if (selecting.length === 0) return cniVariable(cluster, 'NETWORK_POLICY_ENFORCING_MODE') !== 'strict';
    return selecting.flatMap(({ spec }) => spec.ingress ?? []).some((rule: Rule) => lets(rule, packet, pod));
  };
}

interface Rule {
  from?: { ipBlock?: { cidr: string; except?: string[] } }[];
  ports?: { port?: number | string; endPort?: number; protocol?: string }[];
}

const concerns = ({ metadata, spec }: KubernetesObject, pod: KubernetesObject): boolean =>
  metadata.namespace === pod['metadata'].namespace &&
  spec.policyTypes.includes('Ingress') &&
  Object.entries(spec.podSelector.matchLabels ?? {}).every(([key, value]) => pod['metadata'].labels[key] === value);

function lets({ from, ports }: Rule, packet: Packet, pod: KubernetesObject): boolean {
  const isMeant =
    from === undefined ||
    from.some(
      ({ ipBlock }) =>
        ipBlock !== undefined &&
        inCidr(packet.from, ipBlock.cidr) &&
        !(ipBlock.except ?? []).some((cidr) => inCidr(packet.from, cidr)),
    );
  const isOpen =
    ports === undefined ||
    ports.some(({ port, endPort }) => {
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
      if (packet.from === nodeAddress(objectOf(cluster, 'Node', { name: pod['spec'].nodeName }))) return true;
      const selecting = objectsOf(cluster, 'GlobalNetworkPolicy')
        .filter(({ spec }) => isSelected(spec.selector, pod))
        .toSorted((a, b) => a['spec'].order - b['spec'].order);
      const rules: CalicoRule[] = selecting.flatMap(({ spec }) => spec.ingress ?? []);
      const first = rules.find(({ source }) => (source?.nets ?? ['0.0.0.0/0']).some((net) => inCidr(packet.from, net)));
      return first === undefined ? selecting.length === 0 : first.action === 'Allow';
    });
}

interface CalicoRule {
  action: string;
  source?: { nets?: string[] };
}

function isSelected(selector: string, pod: KubernetesObject): boolean {
  const [, key = '', value] = /^(\S+) == '([^']*)'$/.exec(selector) ?? [];
  return selector === 'all()' || pod['metadata'].labels[key] === value;
}
