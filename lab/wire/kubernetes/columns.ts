import type { ContainerStatus, Event, Node, Pod, ServicePort } from '../../world/kubernetes-object.ts';
import { statusesOf } from '../../world/pod/pod.ts';
import { isServedAs, type NewerEvent, type ServedKinds, type ServedObject } from './served-object.ts';

interface Column<Served = ServedObject> {
  name: string;
  /** Shown with `-o wide` only. */
  wide?: true;
  cell(object: Served): string;
}

const column = <Served>(name: string, cell: Column<Served>['cell']): Column<Served> => ({ name, cell });
const wide = <Served>(name: string, cell: Column<Served>['cell']): Column<Served> => ({ name, cell, wide: true });

const name = column<ServedObject>('Name', ({ metadata }) => metadata.name);
const age = column<ServedObject>('Age', ({ metadata }) => since(metadata.creationTimestamp));

/** The printer columns of a resource; name and age where the lab knows no better. */
export const columnsOf = (plural: string): Column[] => columns[plural] ?? [name, age];

/** Columns of one kind, for a table that any object might be in. */
const of = <Kind extends keyof ServedKinds>(kind: Kind, own: Column<ServedKinds[Kind]>[]): Column[] =>
  own.map(({ cell, ...rest }) => ({
    ...rest,
    cell: (object) => (isServedAs(object, kind) ? cell(object) : ''),
  }));

const columns: Record<string, Column[]> = {
  services: of('Service', [
    name,
    column('Type', ({ spec }) => spec.type),
    column('Cluster-IP', ({ spec }) => orNone(spec.clusterIP)),
    column('External-IP', ({ status }) =>
      joined((status.loadBalancer?.ingress ?? []).map(({ hostname, ip }) => hostname ?? ip)),
    ),
    column('Port(s)', ({ spec }) => joined(spec.ports.map(servicePort))),
    age,
    wide('Selector', ({ spec }) => joined(Object.entries(spec.selector ?? {}).map((pair) => pair.join('=')))),
  ]),
  pods: of('Pod', [
    name,
    column('Ready', (pod) => `${statusesOf(pod).filter(({ ready }) => ready).length}/${pod.spec.containers.length}`),
    column('Status', podStatus),
    column('Restarts', (pod) => String(sum(statusesOf(pod)))),
    age,
    wide('IP', ({ status }) => orNone(status.podIP)),
    wide('Node', ({ spec }) => orNone(spec.nodeName)),
  ]),
  nodes: of('Node', [
    name,
    column('Status', nodeStatus),
    column('Roles', () => '<none>'),
    age,
    column('Version', ({ status }) => orNone(status.nodeInfo.kubeletVersion)),
    wide('Internal-IP', ({ status }) =>
      joined(status.addresses.filter(({ type }) => type === 'InternalIP').map(({ address }) => address)),
    ),
  ]),
  endpointslices: of('EndpointSlice', [
    name,
    column('AddressType', ({ addressType }) => addressType),
    column('Ports', ({ ports }) => joined(ports.map(({ port }) => port))),
    column('Endpoints', ({ endpoints }) => joined(endpoints.flatMap(({ addresses }) => addresses))),
    age,
  ]),
  endpoints: of('Endpoints', [
    name,
    column('Endpoints', ({ subsets = [] }) =>
      joined(
        subsets.flatMap(({ addresses = [], ports = [] }) =>
          addresses.flatMap(({ ip }) => ports.map(({ port }) => `${ip}:${port}`)),
        ),
      ),
    ),
    age,
  ]),
  deployments: of('Deployment', [
    name,
    column('Ready', ({ spec, status }) => `${status.readyReplicas ?? 0}/${spec.replicas}`),
    column('Up-to-date', ({ status }) => String(status.updatedReplicas ?? 0)),
    column('Available', ({ status }) => String(status.availableReplicas ?? 0)),
    age,
  ]),
  daemonsets: of('DaemonSet', [
    name,
    column('Desired', ({ status }) => String(status.desiredNumberScheduled)),
    column('Current', ({ status }) => String(status.currentNumberScheduled)),
    column('Ready', ({ status }) => String(status.numberReady)),
    age,
  ]),
  events: of('Event', [
    column('Last Seen', (event) => since(isNewer(event) ? event.deprecatedLastTimestamp : event.lastTimestamp)),
    column('Type', ({ type }) => type),
    column('Reason', ({ reason }) => reason),
    column('Object', (event) => {
      const object = isNewer(event) ? event.regarding : event.involvedObject;
      return `${String(object.kind).toLowerCase()}/${object.name}`;
    }),
    column('Message', (event) => (isNewer(event) ? event.note : event.message)),
  ]),
  targetgroupbindings: of('TargetGroupBinding', [
    name,
    column('Service-Name', ({ spec }) => spec.serviceRef.name),
    column('Service-Port', ({ spec }) => String(spec.serviceRef.port)),
    column('Target-Type', ({ spec }) => spec.targetType),
    wide('ARN', ({ spec }) => spec.targetGroupARN),
    age,
  ]),
};

const isNewer = (event: Event | NewerEvent): event is NewerEvent => event.apiVersion === 'events.k8s.io/v1';

const orNone = (text: string | undefined): string => (text === undefined || text === '' ? '<none>' : text);

const joined = (list: (string | number | undefined)[]): string => orNone(list.join(','));

const servicePort = ({ port, nodePort, protocol }: ServicePort): string =>
  `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol}`;

const sum = (statuses: ContainerStatus[]): number => statuses.reduce((total, each) => total + each.restartCount, 0);

function podStatus(pod: Pod): string {
  const { metadata, status } = pod;
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  const states = statusesOf(pod).map(({ state }) => state.waiting?.reason ?? state.terminated?.reason);
  return states.find((reason) => reason !== undefined) ?? status.reason ?? status.phase;
}

function nodeStatus({ spec, status }: Node): string {
  const ready = status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  return `${ready ? 'Ready' : 'NotReady'}${spec.unschedulable ? ',SchedulingDisabled' : ''}`;
}

function since(time: string): string {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(time)) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
