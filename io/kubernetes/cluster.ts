import type { Cluster } from '../../core/model/aws.ts';
import type { Gap } from '../../core/model/gap.ts';
import type { ServiceScope } from '../../core/model/inventory.ts';
import type { Service } from '../../core/model/kubernetes.ts';
import type { SliceName, Slices } from '../../core/model/slices.ts';
import type { Clients } from '../aws/clients.ts';
import { ledger, type Reading } from '../aws/ledger.ts';
import { bugOf, type Refusal } from '../aws/refusal.ts';
import type { Connection } from './client/connection.ts';
import { kubernetesRemedy } from './client/remedy.ts';
import { readConfigMaps } from './config-maps.ts';
import { readEndpointSlices } from './endpoint-slices.ts';
import { actionOf, engineKindsAmong, readApiGroups, readEngineKind, readNodeClasses } from './engine-policies.ts';
import { readEvents } from './events.ts';
import { gatewayActionOf, gatewayKindsAmong, readGatewayKind } from './gateway-configurations.ts';
import { readLeases } from './leases.ts';
import { readNetworkPolicies } from './network-policies.ts';
import { readNodes } from './nodes.ts';
import { logsWanted, podsInScope, readPodLogs } from './pod-logs.ts';
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
  'enginePolicies',
  'nodeClasses',
  'targetGroupBindings',
  'gatewayConfigurations',
  'configMaps',
  'leases',
] as const satisfies SliceName[];

/** What the API server of one cluster says. */
export type KubernetesSlices = Pick<Slices, (typeof kubernetesSliceNames)[number]>;

export interface ClusterReading {
  slices: KubernetesSlices;
  gaps: Gap[];
}

/**
 * Reads one cluster; each slice on its own, so that a refusal costs only that one, and what was read of it stays. A
 * cluster that does not answer the first request is not tried again and has a gap on every slice. Whatever else goes wrong
 * is a gap too: it never ends the reading of the other clusters.
 */
export async function readCluster(
  clients: Clients,
  cluster: Cluster,
  scope: ServiceScope = {},
): Promise<ClusterReading> {
  if (cluster.endpoint === '') return dark(cluster, { reason: 'unreachable', message: noEndpoint(cluster) });
  try {
    return await readSlices(clients, cluster, scope);
  } catch (error) {
    return dark(cluster, bugOf(error));
  }
}

async function readSlices(clients: Clients, cluster: Cluster, scope: ServiceScope): Promise<ClusterReading> {
  const book = ledger(kubernetesRemedy(cluster, clients.principal), clients.signal);
  const connection = clients.kubernetes(cluster, clients.signal);
  const read: Read = (action, slices, run) => {
    const kept: Awaited<ReturnType<typeof run>> = [];
    return book.read({ action, hides: hiding(cluster, slices) }, kept, () => run(connection, kept));
  };

  try {
    const services = await read('list services', ['services'], readServices);
    const lost = book.gaps().find(({ reason }) => reason === 'unreachable' || reason === 'deadline');
    if (lost && services.length === 0) return dark(cluster, lost);
    return { slices: { services, ...(await readRest({ cluster, services, scope, read })) }, gaps: book.gaps() };
  } finally {
    connection.close();
  }
}

/** `run` adds to `kept` what it has read, so that a failure does not lose it. */
type Read = <T>(
  action: string,
  slices: readonly SliceName[],
  run: (connection: Connection, kept: T[]) => Promise<T[]>,
) => Promise<T[]>;

interface Context {
  cluster: Cluster;
  services: Service[];
  /** Whose logs are read. */
  scope: ServiceScope;
  read: Read;
}

async function readRest({ cluster, services, scope, read }: Context): Promise<Omit<KubernetesSlices, 'services'>> {
  const { controller, autoMode } = bindingKinds;
  const kinds = cluster.autoModeLoadBalancing ? [controller, autoMode] : [controller];
  const custom = async () => {
    const groups = await read(
      'get apigroups',
      ['enginePolicies', 'nodeClasses', 'gatewayConfigurations'],
      readApiGroups,
    );
    const policies = engineKindsAmong(groups).map((kind) =>
      read(actionOf(kind), ['enginePolicies'], readEngineKind(kind)),
    );
    const classes = groups.includes('eks.amazonaws.com')
      ? read('list nodeclasses.eks.amazonaws.com', ['nodeClasses'], readNodeClasses)
      : [];
    const gateways = gatewayKindsAmong(groups).map((kind) =>
      read(gatewayActionOf(kind), ['gatewayConfigurations'], readGatewayKind(kind)),
    );
    return {
      enginePolicies: (await Promise.all(policies)).flat(),
      nodeClasses: await classes,
      gatewayConfigurations: (await Promise.all(gateways)).flat(),
    };
  };
  const podsAndLogs = async () => {
    const pods = await read('list pods', ['pods', 'podLogs'], readPods);
    const wanted = logsWanted(podsInScope(pods, services, scope), services, Date.now());
    return { pods, podLogs: await read('get pods/log', ['podLogs'], (connection) => readPodLogs(connection, wanted)) };
  };

  const [
    endpointSlices,
    ofPods,
    nodes,
    events,
    workloads,
    networkPolicies,
    ofCustomKinds,
    bindings,
    configMaps,
    leases,
  ] = await Promise.all([
    read('list endpointslices', ['endpointSlices'], readEndpointSlices),
    podsAndLogs(),
    read('list nodes', ['nodes'], readNodes),
    read('list events', ['events'], readEvents),
    Promise.all(workloadReads.map((kind) => read(kind.action, ['workloads'], kind.read))),
    read('list networkpolicies', ['networkPolicies'], readNetworkPolicies),
    custom(),
    Promise.all(
      kinds.map((kind) => read('list targetgroupbindings', ['targetGroupBindings'], readTargetGroupBindings(kind))),
    ),
    read('get configmaps', ['configMaps'], readConfigMaps),
    read('get leases', ['leases'], readLeases),
  ]);
  return {
    endpointSlices,
    ...ofPods,
    nodes,
    events,
    workloads: workloads.flat(),
    networkPolicies,
    ...ofCustomKinds,
    targetGroupBindings: bindings.flat(),
    configMaps,
    leases,
  };
}

const hiding = ({ name }: Cluster, slices: readonly SliceName[]): Reading['hides'] =>
  slices.map((slice) => ({ slice, scope: { kind: 'cluster', name } }));

/** Of a cluster of which nothing was read. */
export const noKubernetesSlices: KubernetesSlices = {
  services: [],
  endpointSlices: [],
  pods: [],
  podLogs: [],
  nodes: [],
  events: [],
  workloads: [],
  networkPolicies: [],
  enginePolicies: [],
  nodeClasses: [],
  targetGroupBindings: [],
  gatewayConfigurations: [],
  configMaps: [],
  leases: [],
};

/** A cluster of which nothing could be read. */
function dark(cluster: Cluster, { reason, message }: Refusal): ClusterReading {
  const action = 'list services';
  const remedy = kubernetesRemedy(cluster)(reason, action);
  const hidden = hiding(cluster, kubernetesSliceNames);
  return { slices: noKubernetesSlices, gaps: hidden.map((what) => ({ ...what, reason, action, message, remedy })) };
}

/** A cluster that is being created has none yet. */
const noEndpoint = ({ status }: Cluster): string => `the cluster has no endpoint (status ${status})`;
