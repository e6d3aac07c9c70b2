import type { KubernetesObject } from '../../world/world.ts';

interface Column {
  name: string;
  /** Shown with `-o wide` only. */
  wide?: true;
  cell(object: KubernetesObject): string;
}

const column = (name: string, cell: Column['cell']): Column => ({ name, cell });
const wide = (name: string, cell: Column['cell']): Column => ({ name, cell, wide: true });

const name = column('Name', ({ metadata }) => metadata.name);
const age = column('Age', ({ metadata }) => since(metadata.creationTimestamp));

/** The printer columns of a resource; name and age where the lab knows no better. */
export const columnsOf = (plural: string): Column[] => columns[plural] ?? [name, age];

const columns: Record<string, Column[]> = {
  services: [
    name,
    column('Type', ({ spec }) => spec.type),
    column('Cluster-IP', ({ spec }) => orNone(spec.clusterIP)),
    column('External-IP', ({ status }) =>
      joined(status?.loadBalancer?.ingress, (each) => each['hostname'] ?? each['ip']),
    ),
    column('Port(s)', ({ spec }) => joined(spec.ports, servicePort)),
    age,
    wide('Selector', ({ spec }) => joined(Object.entries(spec.selector ?? {}), ([key, value]) => `${key}=${value}`)),
  ],
  pods: [
    name,
    column('Ready', ({ spec, status }) => `${containers(status).filter(isReady).length}/${spec.containers.length}`),
    column('Status', podStatus),
    column('Restarts', ({ status }) => String(containers(status).reduce((sum, each) => sum + each.restartCount, 0))),
    age,
    wide('IP', ({ status }) => orNone(status.podIP)),
    wide('Node', ({ spec }) => orNone(spec.nodeName)),
  ],
  nodes: [
    name,
    column('Status', nodeStatus),
    column('Roles', () => '<none>'),
    age,
    column('Version', ({ status }) => orNone(status.nodeInfo?.kubeletVersion)),
    wide('Internal-IP', ({ status }) =>
      joined(
        (status.addresses ?? []).filter((each: Fields) => each['type'] === 'InternalIP'),
        (each) => each['address'],
      ),
    ),
  ],
  endpointslices: [
    name,
    column('AddressType', ({ addressType }) => addressType),
    column('Ports', ({ ports }) => joined(ports, (each) => each['port'])),
    column('Endpoints', ({ endpoints }) => joined(endpoints, (each) => each['addresses'])),
    age,
  ],
  endpoints: [name, column('Endpoints', ({ subsets }) => joined(subsets, subsetAddresses)), age],
  deployments: [
    name,
    column('Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 1}`),
    column('Up-to-date', ({ status }) => String(status?.updatedReplicas ?? 0)),
    column('Available', ({ status }) => String(status?.availableReplicas ?? 0)),
    age,
  ],
  daemonsets: [
    name,
    column('Desired', ({ status }) => String(status?.desiredNumberScheduled ?? 0)),
    column('Current', ({ status }) => String(status?.currentNumberScheduled ?? 0)),
    column('Ready', ({ status }) => String(status?.numberReady ?? 0)),
    age,
  ],
  events: [
    column('Last Seen', (event) =>
      since(event['lastTimestamp'] ?? event['eventTime'] ?? event['deprecatedLastTimestamp']),
    ),
    column('Type', ({ type }) => type),
    column('Reason', ({ reason }) => reason),
    column('Object', ({ involvedObject, regarding }) => {
      const object = involvedObject ?? regarding;
      return `${String(object?.kind).toLowerCase()}/${object?.name}`;
    }),
    column('Message', ({ message, note }) => message ?? note ?? ''),
  ],
  targetgroupbindings: [
    name,
    column('Service-Name', ({ spec }) => spec.serviceRef?.name ?? ''),
    column('Service-Port', ({ spec }) => String(spec.serviceRef?.port ?? '')),
    column('Target-Type', ({ spec }) => spec.targetType ?? ''),
    wide('ARN', ({ spec }) => spec.targetGroupARN ?? ''),
    age,
  ],
};

type Fields = Record<string, unknown>;
interface ContainerStatus {
  ready: boolean;
  restartCount: number;
  state?: { waiting?: { reason?: string }; terminated?: { reason?: string } };
}

const orNone = (text: string | undefined): string => (text === undefined || text === '' ? '<none>' : text);

const joined = <Each>(list: Each[] | undefined, show: (each: Each & Fields) => unknown): string =>
  orNone((list ?? []).map((each) => String(show(each as Each & Fields) ?? '')).join(','));

const servicePort = ({ port, nodePort, protocol }: Fields): string =>
  `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol ?? 'TCP'}`;

const subsetAddresses = ({ addresses = [], ports = [] }: Fields): string =>
  (addresses as Fields[]).flatMap(({ ip }) => (ports as Fields[]).map(({ port }) => `${ip}:${port}`)).join(',');

const containers = (status: { containerStatuses?: ContainerStatus[] }): ContainerStatus[] =>
  status.containerStatuses ?? [];
const isReady = ({ ready }: ContainerStatus): boolean => ready;

function podStatus({ metadata, status }: KubernetesObject): string {
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  const states = containers(status).map(({ state }) => state?.waiting?.reason ?? state?.terminated?.reason);
  return states.find((reason) => reason !== undefined) ?? status.reason ?? status.phase;
}

function nodeStatus({ spec, status }: KubernetesObject): string {
  const ready = (status.conditions ?? []).some((each: Fields) => each['type'] === 'Ready' && each['status'] === 'True');
  return `${ready ? 'Ready' : 'NotReady'}${spec?.unschedulable ? ',SchedulingDisabled' : ''}`;
}

function since(time: string | null | undefined): string {
  if (time === null || time === undefined) return '<unknown>';
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(time)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
