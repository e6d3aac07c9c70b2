import type { Pod, Service } from '../world/kubernetes-object.ts';
import { isFargate, nodeAddress } from '../world/network/node.ts';
import { objectsOf, selects } from '../world/object.ts';
import type { Socket, World, WorldCluster } from '../world/world.ts';
import { healthzPort } from './kube-proxy.ts';
import { containerPort } from './kubelet-probe.ts';
import type { Listener } from './listener.ts';
import type { PacketFilter } from './packet.ts';
import { healthCheckPort, targetAddress } from './target-health.ts';

/**
 * What the prober meets wherever it may knock: registered targets, node ports, kube-proxy's health ports and the ports
 * of pods behind load balancers. A door that refuses has no socket.
 */
export function openSockets(world: World, passes: PacketFilter, listens: Listener): Socket[] {
  const doors = new Map<string, { address: string; port: number }>();
  const add = (address: string, port: number | undefined) => {
    if (address !== '' && port !== undefined) doors.set(`${address}:${port}`, { address, port });
  };
  for (const registration of world.registrations ?? []) {
    const address = targetAddress(world, registration);
    const targetGroup = world.targetGroups.find(({ arn }) => arn === registration.targetGroupArn);
    add(address, registration.port);
    if (targetGroup) add(address, healthCheckPort(targetGroup, registration));
  }
  for (const cluster of world.clusters) {
    const services = objectsOf(cluster, 'Service').filter(
      (service) =>
        service.spec.type !== 'ClusterIP' || isBound(cluster, service) || isRegistered(world, cluster, service),
    );
    for (const node of objectsOf(cluster, 'Node').filter((each) => !isFargate(each))) {
      for (const port of [healthzPort, ...services.flatMap(nodePortsOf)]) add(nodeAddress(node), port);
    }
    for (const service of services) {
      for (const pod of podsBehind(cluster, service)) {
        for (const port of portsOf(cluster, service, pod)) add(pod.status.podIP ?? '', port);
      }
    }
  }
  return [...doors.values()].flatMap(({ address, port }): Socket[] => {
    if (!passes({ from: world.prober.address, to: address, port }))
      return [{ address, port, behaviour: { kind: 'silent' } }];
    const behaviour = listens(address, port);
    return behaviour ? [{ address, port, behaviour }] : [];
  });
}

/** True for a Service of any type behind a TargetGroupBinding. */
const isBound = (cluster: WorldCluster, { metadata }: Service): boolean =>
  objectsOf(cluster, 'TargetGroupBinding').some(
    (binding) => binding.metadata.namespace === metadata.namespace && binding.spec.serviceRef.name === metadata.name,
  );

/** True where pods of the Service are targets without a binding. */
const isRegistered = (world: World, cluster: WorldCluster, service: Service): boolean =>
  podsBehind(cluster, service).some((pod) => (world.registrations ?? []).some(({ id }) => id === pod.status.podIP));

const nodePortsOf = ({ spec }: Service): (number | undefined)[] => [
  ...spec.ports.map(({ nodePort }) => nodePort),
  spec.healthCheckNodePort,
];

const podsBehind = (cluster: WorldCluster, service: Service): Pod[] =>
  objectsOf(cluster, 'Pod').filter(
    (pod) =>
      pod.metadata.namespace === service.metadata.namespace && selects(service.spec.selector, pod.metadata.labels),
  );

/** Target ports, declared ports and whatever its processes listen on. */
function portsOf(cluster: WorldCluster, service: Service, pod: Pod): (number | undefined)[] {
  const { namespace, name } = pod.metadata;
  return [
    ...service.spec.ports.map(({ targetPort }) => containerPort(pod, targetPort)),
    ...pod.spec.containers.flatMap(({ ports = [] }) => ports.map((port) => port.containerPort)),
    ...(cluster.processes[`${namespace}/${name}`] ?? []).map(({ port }) => port),
  ];
}
