import type { Cluster } from '../../core/aws.ts';
import type { SliceName, Slices } from '../../core/facts.ts';
import type { Gap } from '../../core/gap.ts';
import type { Service } from '../../core/kubernetes.ts';
import type { Clients } from '../clients.ts';
import { deadline } from '../deadline.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { kubernetesRemedy } from '../kubernetes/remedy.ts';
import { ledger, type Reading } from '../ledger.ts';
import { readConfigMaps } from './config-maps.ts';
import { readEndpointSlices } from './endpoint-slices.ts';
import { readEvents } from './events.ts';
import { readLeases } from './leases.ts';
import { readNetworkPolicies } from './network-policies.ts';
import { readNodes } from './nodes.ts';
import { logsWanted, readPodLogs } from './pod-logs.ts';
import { readPods } from './pods.ts';
import { readServices } from './services.ts';
import { bindingKinds, readTargetGroupBindings } from './target-group-bindings.ts';
import { workloadReads } from './workloads.ts';

/** The slices that come from Kubernetes. */
export const kubernetesSliceNames = [
  'services',
  'endpointSlices',
  'pods',
  'podLogs',
  'nodes',
  'events',
  'workloads',
  'networkPolicies',
  'targetGroupBindings',
  'configMaps',
  'leases',
] as const satisfies SliceName[];

/** What the API server of one cluster says. */
export type KubernetesSlices = Pick<Slices, (typeof kubernetesSliceNames)[number]>;

export interface ClusterReading {
  slices: KubernetesSlices;
  gaps: Gap[];
}

/** Milliseconds that one cluster may take, so that a dead one does not cost the run. */
const longest = 45_000;

/**
 * Reads one cluster; each slice on its own, so that a refusal costs only that one. A cluster that does not answer the
 * first request is not asked again and has a gap on every slice.
 */
export async function readCluster(clients: Clients, cluster: Cluster): Promise<ClusterReading> {
  if (cluster.endpoint === '') return notReady(cluster);
  const signal = deadline(clients.signal, longest);
  const book = ledger(kubernetesRemedy(cluster), signal);
  const connection = clients.kubernetes(cluster, signal);
  const read: Read = (action, slices, run) => book.read({ action, hides: hiding(cluster, slices) }, [], run);

  try {
    const services = await read('list services', ['services'], () => readServices(connection));
    const lost = book.gaps().find(({ reason }) => reason === 'unreachable' || reason === 'deadline');
    if (lost) return { slices: nothing, gaps: kubernetesSliceNames.map((slice) => ({ ...lost, slice })) };
    return { slices: { services, ...(await readRest(connection, { cluster, services, read })) }, gaps: book.gaps() };
  } finally {
    await connection.close();
  }
}

type Read = <T>(action: string, slices: readonly SliceName[], run: () => Promise<T[]>) => Promise<T[]>;

interface Context {
  cluster: Cluster;
  services: Service[];
  read: Read;
}

async function readRest(
  connection: Connection,
  { cluster, services, read }: Context,
): Promise<Omit<KubernetesSlices, 'services'>> {
  const { controller, autoMode } = bindingKinds;
  const kinds = cluster.autoModeLoadBalancing ? [controller, autoMode] : [controller];
  const podsAndLogs = async () => {
    const pods = await read('list pods', ['pods', 'podLogs'], () => readPods(connection));
    const wanted = logsWanted(pods, services, Date.now());
    return { pods, podLogs: await read('get pods/log', ['podLogs'], () => readPodLogs(connection, wanted)) };
  };

  const [endpointSlices, ofPods, nodes, events, workloads, networkPolicies, bindings, configMaps, leases] =
    await Promise.all([
      read('list endpointslices', ['endpointSlices'], () => readEndpointSlices(connection)),
      podsAndLogs(),
      read('list nodes', ['nodes'], () => readNodes(connection)),
      read('list events', ['events'], () => readEvents(connection)),
      Promise.all(workloadReads.map((kind) => read(kind.action, ['workloads'], () => kind.read(connection)))),
      read('list networkpolicies', ['networkPolicies'], () => readNetworkPolicies(connection)),
      Promise.all(
        kinds.map((kind) =>
          read('list targetgroupbindings', ['targetGroupBindings'], () => readTargetGroupBindings(connection, kind)),
        ),
      ),
      read('get configmaps', ['configMaps'], () => readConfigMaps(connection)),
      read('get leases', ['leases'], () => readLeases(connection)),
    ]);
  return {
    endpointSlices,
    ...ofPods,
    nodes,
    events,
    workloads: workloads.flat(),
    networkPolicies,
    targetGroupBindings: bindings.flat(),
    configMaps,
    leases,
  };
}

const hiding = ({ name }: Cluster, slices: readonly SliceName[]): Reading['hides'] =>
  slices.map((slice) => ({ slice, scope: { kind: 'cluster', name } }));

const nothing: KubernetesSlices = {
  services: [],
  endpointSlices: [],
  pods: [],
  podLogs: [],
  nodes: [],
  events: [],
  workloads: [],
  networkPolicies: [],
  targetGroupBindings: [],
  configMaps: [],
  leases: [],
};

/** A cluster that is being created has no endpoint yet. */
function notReady(cluster: Cluster): ClusterReading {
  const gap = {
    reason: 'unreachable',
    action: 'list services',
    message: `the cluster has no endpoint (status ${cluster.status})`,
    remedy: kubernetesRemedy(cluster)('unreachable', 'list services'),
  } as const;
  return { slices: nothing, gaps: hiding(cluster, kubernetesSliceNames).map((what) => ({ ...what, ...gap })) };
}
