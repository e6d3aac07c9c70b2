import { nodeAddress } from '../node.ts';
import { objectsOf } from '../object.ts';
import type { Behaviour, KubernetesObject, World, WorldCluster } from '../world.ts';
import { kubeProxyRules, type Verdict } from './kube-proxy.ts';
import type { PacketFilter } from './packet-filter.ts';

/** What meets a packet that has arrived at an address and port; `undefined` is a refused connection. */
export type Listener = (address: string, port: number) => Behaviour | undefined;

/** What listens at all node and pod addresses of the world, kube-proxy's rules included. */
export function listener(world: World, passes: PacketFilter): Listener {
  const nodes = new Map<string, { cluster: WorldCluster; node: KubernetesObject; rules: Map<number, Verdict> }>();
  const pods = new Map<string, { cluster: WorldCluster; pod: KubernetesObject }>();
  for (const cluster of world.clusters) {
    for (const node of objectsOf(cluster, 'Node')) {
      nodes.set(nodeAddress(node), { cluster, node, rules: kubeProxyRules(cluster, node) });
    }
    for (const pod of objectsOf(cluster, 'Pod')) {
      if (!pod['spec'].hostNetwork && pod['status'].podIP) pods.set(pod['status'].podIP, { cluster, pod });
    }
  }

  const atPod: Listener = (address, port) => {
    const found = pods.get(address);
    return found && processAt(found.cluster, found.pod, port);
  };
  const atNode = (address: string, verdict: Verdict): Behaviour | undefined => {
    switch (verdict.kind) {
      case 'answer':
        return verdict.behaviour;
      case 'drop':
        return { kind: 'silent' };
      case 'reject':
        return undefined;
      case 'forward': {
        const { endpoint } = verdict;
        const isHere = address === endpoint.address;
        const arrives = isHere || passes({ from: address, to: endpoint.address, port: endpoint.port });
        return arrives ? atPod(endpoint.address, endpoint.port) : { kind: 'silent' };
      }
    }
  };
  return (address, port) => {
    const node = nodes.get(address);
    if (node === undefined) return atPod(address, port);
    const verdict = node.rules.get(port);
    return verdict ? atNode(address, verdict) : hostProcess(node.cluster, node.node, port);
  };
}

function processAt(cluster: WorldCluster, pod: KubernetesObject, port: number): Behaviour | undefined {
  const runs = pod['status'].containerStatuses.some(({ state }: { state: { running?: object } }) => state.running);
  if (!runs) return undefined;
  const { namespace, name } = pod['metadata'];
  const process = cluster.processes[`${namespace}/${name}`]?.find((candidate) => candidate.port === port);
  return process?.loopback ? undefined : process?.behaviour;
}

const hostProcess = (cluster: WorldCluster, node: KubernetesObject, port: number): Behaviour | undefined =>
  objectsOf(cluster, 'Pod')
    .filter((pod) => pod['spec'].hostNetwork && pod['spec'].nodeName === node['metadata'].name)
    .map((pod) => processAt(cluster, pod, port))
    .find((behaviour) => behaviour !== undefined);
