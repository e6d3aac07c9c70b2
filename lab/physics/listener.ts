import type { Node, Pod } from '../world/kubernetes-object.ts';
import { isFargate, nodeAddress } from '../world/network/node.ts';
import { objectsOf } from '../world/object.ts';
import { statusesOf } from '../world/pod/pod.ts';
import type { Behaviour, World, WorldCluster } from '../world/world.ts';
import { reachesEndpoint } from './forwarding.ts';
import { kubeProxyRules, type Verdict } from './kube-proxy.ts';
import { policyFilter } from './network-policy.ts';
import type { PacketFilter } from './packet.ts';

/**
 * What meets a packet that has arrived at an address and port; `undefined` is a refused connection. Without a sender it comes from a load
 * balancer or the prober.
 */
export type Listener = (address: string, port: number, sender?: string) => Behaviour | undefined;

/** What listens at all node and pod addresses of the world, kube-proxy's rules included. */
export function listener(world: World, passes: PacketFilter): Listener {
  const nodes = new Map<string, { cluster: WorldCluster; node: Node; rules: Map<number, Verdict> }>();
  const pods = new Map<string, { cluster: WorldCluster; pod: Pod }>();
  for (const cluster of world.clusters) {
    for (const node of objectsOf(cluster, 'Node').filter((each) => !isFargate(each))) {
      nodes.set(nodeAddress(node), { cluster, node, rules: kubeProxyRules(cluster, node) });
    }
    for (const pod of objectsOf(cluster, 'Pod')) {
      if (pod.spec.hostNetwork) continue;
      for (const { ip } of pod.status.podIPs ?? []) pods.set(ip, { cluster, pod });
    }
  }

  const atPod: Listener = (address, port) => {
    const found = pods.get(address);
    if (found === undefined) return applicationListener(world, address, port);
    const { nodeName = '' } = found.pod.spec;
    if (isDeaf(found.cluster, nodeName)) return { kind: 'silent' };
    return withLoss(found.cluster, nodeName, processAt(found.cluster, found.pod, { address, port }));
  };
  // Policies act on the pod's own node too, where the sender is not the node.
  const admits = policyFilter(world);
  const senders = world.networkInterfaces.filter(({ description }) => description.startsWith('ELB net/'));
  const isAdmitted = (
    { keepsSender, endpoint: { address, port } }: Extract<Verdict, { kind: 'forward' }>,
    client: string | undefined,
  ): boolean => {
    if (keepsSender && client !== undefined) return admits({ from: client, to: address, port });
    const from = senders.flatMap((each) => (address.includes(':') ? each.ipv6Addresses : each.privateIps));
    return !keepsSender || from.length === 0 || from.some((sender) => admits({ from: sender, to: address, port }));
  };
  /** A pod in the network of its host listens there, past what the service proxy does with ports of the node. */
  const atEndpoint: Listener = (address, port) => {
    const host = nodes.get(address);
    if (host === undefined) return atPod(address, port);
    const { name } = host.node.metadata;
    if (isDeaf(host.cluster, name)) return { kind: 'silent' };
    return withLoss(host.cluster, name, hostProcess(host.cluster, host.node, port));
  };
  const atNode = (
    { cluster, node }: { cluster: WorldCluster; node: Node },
    verdict: Verdict,
    client: string | undefined,
  ): Behaviour | undefined => {
    switch (verdict.kind) {
      case 'answer':
        return verdict.behaviour;
      case 'drop':
        return { kind: 'silent' };
      case 'reject':
        return undefined;
      case 'forward': {
        const { address, port } = verdict.endpoint;
        const arrives = reachesEndpoint(world, passes, { cluster, node, ...verdict });
        return arrives && isAdmitted(verdict, client) ? atEndpoint(address, port) : { kind: 'silent' };
      }
    }
  };
  return (address, port, sender) => {
    const node = nodes.get(address);
    if (node === undefined) return atPod(address, port);
    const { name } = node.node.metadata;
    if (isDeaf(node.cluster, name)) return { kind: 'silent' };
    if (node.cluster.hostFirewalls?.[name]?.includes(port) === false) return { kind: 'silent' };
    const verdict = node.rules.get(port);
    const behaviour = verdict ? atNode(node, verdict, sender) : hostProcess(node.cluster, node.node, port);
    return withLoss(node.cluster, name, behaviour);
  };
}

/** What a connection meets on a machine, which may lose it first. */
function withLoss(
  { lossyNodes = [] }: WorldCluster,
  nodeName: string,
  behaviour: Behaviour | undefined,
): Behaviour | undefined {
  if (behaviour === undefined || !lossyNodes.includes(nodeName)) return behaviour;
  return behaviour.kind === 'silent' || behaviour.kind === 'lossy' ? behaviour : { kind: 'lossy', behaviour };
}

/** True for a machine that hangs, or drops every new connection. */
const isDeaf = ({ hungNodes = [], exhaustedNodes = [] }: WorldCluster, nodeName: string): boolean =>
  hungNodes.includes(nodeName) || exhaustedNodes.includes(nodeName);

/** What an Application Load Balancer answers at one of its nodes' addresses. */
function applicationListener(world: World, address: string, port: number): Behaviour | undefined {
  const node = world.networkInterfaces.find(({ privateIps }) => privateIps.includes(address));
  const loadBalancer = world.loadBalancers.find(
    ({ arn, type }) => type === 'application' && node?.description === `ELB ${arn.split(':loadbalancer/')[1]}`,
  );
  return world.applicationListeners?.find(
    (listens) => listens.loadBalancerArn === loadBalancer?.arn && listens.port === port,
  )?.behaviour;
}

function processAt(
  cluster: WorldCluster,
  pod: Pod,
  { address, port }: { address: string; port: number },
): Behaviour | undefined {
  const runs = statusesOf(pod).some(({ state }) => state.running);
  if (!runs) return undefined;
  const { namespace, name } = pod.metadata;
  const process = cluster.processes[`${namespace}/${name}`]?.find((candidate) => candidate.port === port);
  const isBound = !process?.loopback && !(process?.ipv4Only && address.includes(':'));
  return isBound ? process?.behaviour : undefined;
}

const hostProcess = (cluster: WorldCluster, node: Node, port: number): Behaviour | undefined =>
  objectsOf(cluster, 'Pod')
    .filter((pod) => pod.spec.hostNetwork && pod.spec.nodeName === node.metadata.name)
    .map((pod) => processAt(cluster, pod, { address: nodeAddress(node), port }))
    .find((behaviour) => behaviour !== undefined);
