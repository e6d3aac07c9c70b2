import { derived, named } from '../model/indexed.ts';
import type { ConfigMap, NetworkPolicy, NetworkPolicyPeer, Node, Pod, Workload } from '../model/kubernetes.ts';
import { asCidr, contains } from '../network/address.ts';
import { isHybridNode } from '../network/outside-vpc.ts';
import type { FilterVerdict } from '../network/verdict.ts';
import { fits } from './label-selector.ts';
import { isFargateNode, isWindowsNode } from './node.ts';
import { nameOf } from './service.ts';
import { vpcCniOf } from './vpc-cni.ts';

/** What makes NetworkPolicies take effect. */
export type PolicyEngine = 'VPC CNI' | 'Calico' | 'Cilium' | 'Antrea';

const agents: Record<string, PolicyEngine> = {
  'calico-node': 'Calico',
  canal: 'Calico',
  cilium: 'Cilium',
  'antrea-agent': 'Antrea',
};

/**
 * The engine that enforces NetworkPolicies; without one they are words on paper. The VPC CNI needs both the policy
 * controller (ConfigMap amazon-vpc-cni) and its node agent; in EKS Auto Mode the ConfigMap alone.
 * Source: EKS user guide, "Limit Pod traffic with Kubernetes network policies".
 */
export const policyEngineOf = (workloads: Workload[], configMaps: ConfigMap[]): PolicyEngine | undefined =>
  derived(workloads, [policyEngineOf, configMaps], () => engineAmong(workloads, configMaps));

function engineAmong(workloads: Workload[], configMaps: ConfigMap[]): PolicyEngine | undefined {
  for (const { kind, metadata } of workloads) {
    const engine = kind === 'DaemonSet' ? agents[metadata.name] : undefined;
    if (engine === undefined) continue;
    const cilium = configMaps.find((each) => each.metadata.name === 'cilium-config')?.data;
    if (engine !== 'Cilium' || cilium?.['enable-policy'] !== 'never') return engine;
  }
  return isVpcCniEngineOn(workloads, configMaps) ? 'VPC CNI' : undefined;
}

/** True where the VPC CNI enforces policies, be it beside another engine that is chained behind it. */
export function isVpcCniEngineOn(workloads: Workload[], configMaps: ConfigMap[]): boolean {
  const cni = vpcCniOf(workloads);
  const controller = configMaps.find(({ metadata }) => metadata.name === 'amazon-vpc-cni')?.data[
    'enable-network-policy-controller'
  ];
  if (cni === undefined) return controller === 'true';
  const agent = cni.spec.template.containers.find(({ name }) => name === 'aws-eks-nodeagent');
  const isOn = [...(agent?.command ?? []), ...(agent?.args ?? [])].includes('--enable-network-policy=true');
  return isOn && controller !== 'false';
}

/**
 * True for a pod that the engine guards: none has its agent on Fargate, and the VPC CNI leaves alone pods without an owner
 * and every node but those of EC2 with Linux. Source: EKS user guide, "Limit Pod traffic with Kubernetes network policies".
 */
export function isGuarded({ spec, metadata }: Pod, engine: PolicyEngine | undefined, nodes: Node[]): boolean {
  const node = named(nodes, undefined, spec.nodeName);
  if (node !== undefined && isFargateNode(node)) return false;
  if (engine !== 'VPC CNI') return true;
  return metadata.ownerReferences.length > 0 && (node === undefined || !(isWindowsNode(node) || isHybridNode(node)));
}

/** The policies that restrict what reaches the pod. */
export const policiesOn = (pod: Pod, policies: NetworkPolicy[]): NetworkPolicy[] =>
  policies.filter((policy) => policy.spec.policyTypes.includes('Ingress') && selects(policy, pod));

/** True when the policy is about this pod, for whichever direction. */
export const selects = ({ metadata, spec }: NetworkPolicy, pod: Pod): boolean =>
  metadata.namespace === pod.metadata.namespace && fits(spec.podSelector, pod.metadata.labels);

/**
 * What NetworkPolicies say about packets from an address that is no pod's, such as a load balancer's: policies
 * add up, a pod without one takes everything, and peers given by labels mean pods only.
 * Source: Kubernetes documentation, "Network Policies".
 */
export function networkPolicyVerdict(
  pod: Pod,
  { address, port, protocol }: { address: string; port: number; protocol: 'TCP' | 'UDP' },
  policies: NetworkPolicy[],
): FilterVerdict {
  const selecting = policiesOn(pod, policies);
  if (selecting.length === 0) return { decision: 'allow', by: 'no NetworkPolicy selects the pod' };
  const admitting = selecting.find(({ spec }) =>
    spec.ingress.some(
      ({ from, ports }) =>
        (from.length === 0 || from.some((peer) => isMeant(peer, address))) &&
        (ports.length === 0 || ports.some((each) => isOpen(each, pod, { port, protocol }))),
    ),
  );
  if (admitting !== undefined) return { decision: 'allow', by: `NetworkPolicy ${nameOf(admitting)}` };
  const names = selecting.map(nameOf).join(', ');
  return { decision: 'deny', by: `NetworkPolicy ${names}: no rule for ${protocol} ${port} from ${address}` };
}

const isMeant = ({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer, address: string): boolean =>
  podSelector === undefined &&
  namespaceSelector === undefined &&
  ipBlock !== undefined &&
  contains(ipBlock.cidr, address) &&
  !ipBlock.except.some((cidr) => contains(cidr, address));

type PolicyPort = NetworkPolicy['spec']['ingress'][number]['ports'][number];

/** A named port is that of the pod's own containers; `endPort` closes a range; an absent port means all. */
function isOpen(
  { port, endPort, protocol = 'TCP' }: PolicyPort,
  pod: Pod,
  wanted: { port: number; protocol: string },
): boolean {
  if (protocol !== wanted.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === 'number') return port <= wanted.port && wanted.port <= (endPort ?? port);
  return pod.spec.containers
    .flatMap(({ ports }) => ports)
    .some(
      (declared) =>
        declared.name === port && (declared.protocol ?? 'TCP') === protocol && declared.containerPort === wanted.port,
    );
}

/** A rule for ingress, as the API takes it, that admits addresses to a TCP port. */
export const admittingRule = (addresses: string[], port: number) => ({
  from: addresses.map((address) => ({ ipBlock: { cidr: asCidr(address) } })),
  ports: [{ port, protocol: 'TCP' }],
});
