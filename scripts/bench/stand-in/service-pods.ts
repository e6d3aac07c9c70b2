import type { Container, EndpointSlice, Pod, Workload } from '../../../core/model/kubernetes.ts';
import { at, suffix, uid, zones } from './identifiers.ts';
import { metadata, readyConditions, runningStatus } from './metadata.ts';
import type { StandInNode } from './nodes.ts';
import type { StandInVpc } from './vpc.ts';

export const appPort = 8080;

/** Which Service of which cluster. */
export interface Place {
  cluster: number;
  index: number;
  namespace: string;
  name: string;
  takenAt: string;
}

/** A Deployment with its ReplicaSet and pods, spread over the nodes, and the EndpointSlice of its Service. */
export function podsOfService(place: Place, count: number, { vpc, nodes }: { vpc: StandInVpc; nodes: StandInNode[] }) {
  const { cluster, index, namespace, name, takenAt } = place;
  const createdAt = at(takenAt, 20_000);
  const hash = suffix(10, cluster, index);
  const labels = { app: name, 'pod-template-hash': hash };
  const replicaSet = { kind: 'ReplicaSet', name: `${name}-${hash}`, uid: uid(cluster, index, 4) };
  const placed = Array.from({ length: count }, (_, number) => ({
    name: `${name}-${hash}-${suffix(5, number)}`,
    node: itemAt(nodes, index * 5 + number),
  }));
  const pods = placed.map(({ name: podName, node }, number): Pod => {
    const address = vpc.nextAddress(node.zone);
    node.podAddresses.push(address);
    return {
      metadata: metadata({
        name: podName,
        namespace,
        uid: uid(cluster, index, number, 5),
        createdAt,
        labels: {
          ...labels,
          'app.kubernetes.io/part-of': namespace,
          'topology.kubernetes.io/zone': zones[node.zone] ?? '',
        },
        annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' },
        owner: replicaSet,
      }),
      spec: { nodeName: node.name, containers: containersOf(name), initContainers: [], readinessGates: [] },
      status: {
        phase: 'Running',
        podIPs: [address],
        startTime: createdAt,
        conditions: readyConditions(createdAt),
        containerStatuses: [runningStatus('app', createdAt), runningStatus('log-shipper', createdAt)],
        initContainerStatuses: [],
      },
    };
  });
  return {
    pods,
    workloads: workloadsOf(place, { replicaSet, labels, count, createdAt }),
    endpointSlice: sliceOf(place, pods),
  };
}

/** The item at an index that may run over the end. */
const itemAt = <Item>(items: Item[], index: number): Item => items[index % items.length] as Item;

/** Two containers with the settings, probes and limits that a Service of a company carries. */
const containersOf = (name: string): Container[] => [
  {
    name: 'app',
    image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/${name}:1.4.2`,
    command: [],
    args: ['--config=/etc/app/config.yaml', `--service=${name}`],
    env: Array.from({ length: 16 }, (_, number) => ({ name: `APP_SETTING_${number}`, value: `value-${number}` })),
    ports: [
      { name: 'http', containerPort: appPort, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
    ],
    readinessProbe: {
      httpGet: { path: '/ready', port: appPort },
      periodSeconds: 10,
      timeoutSeconds: 2,
      failureThreshold: 3,
    },
    livenessProbe: {
      httpGet: { path: '/live', port: appPort },
      periodSeconds: 10,
      timeoutSeconds: 2,
      failureThreshold: 3,
    },
    memoryLimit: '512Mi',
    cpuLimit: '1',
  },
  {
    name: 'log-shipper',
    image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/log-shipper:3.0.1',
    command: [],
    args: [],
    env: Array.from({ length: 6 }, (_, number) => ({ name: `SHIPPER_${number}`, value: `value-${number}` })),
    ports: [],
    memoryLimit: '64Mi',
  },
];

interface Template {
  replicaSet: { kind: string; name: string; uid: string };
  labels: Record<string, string>;
  count: number;
  createdAt: string;
}

function workloadsOf({ cluster, index, namespace, name }: Place, template: Template): Workload[] {
  const { replicaSet, labels, count, createdAt } = template;
  const deployment = { kind: 'Deployment', name, uid: uid(cluster, index, 6) };
  const status = { replicas: count, readyReplicas: count, updatedReplicas: count, availableReplicas: count };
  const containers = containersOf(name);
  return [
    {
      kind: 'Deployment',
      metadata: metadata({ name, namespace, uid: deployment.uid, createdAt, labels: { app: name } }),
      spec: { replicas: count, template: { labels: { app: name }, containers } },
      status: { ...status, conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }] },
    },
    {
      kind: 'ReplicaSet',
      metadata: metadata({
        name: replicaSet.name,
        namespace,
        uid: replicaSet.uid,
        createdAt,
        labels,
        owner: deployment,
      }),
      spec: { replicas: count, template: { labels, containers } },
      status: { ...status, conditions: [] },
    },
  ];
}

const sliceOf = ({ cluster, index, namespace, name, takenAt }: Place, pods: Pod[]): EndpointSlice => ({
  metadata: metadata({
    name: `${name}-${suffix(5, index)}`,
    namespace,
    uid: uid(cluster, index, 7),
    createdAt: at(takenAt, 20_000),
    labels: {
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      'kubernetes.io/service-name': name,
    },
  }),
  addressType: 'IPv4',
  ports: [{ name: 'http', port: appPort, protocol: 'TCP' }],
  endpoints: pods.map(({ metadata: meta, spec, status }) => ({
    addresses: status.podIPs,
    conditions: { ready: true, serving: true, terminating: false },
    ...(spec.nodeName !== undefined && { nodeName: spec.nodeName }),
    targetRef: { kind: 'Pod', name: meta.name, namespace },
  })),
});
