/**
 * An API server in a process of its own: lists of pods, nodes, Services and EndpointSlices of real size, managed fields included,
 * in pages and packed as Kubernetes does (APIResponseCompression, gzip level 1 from 128 KiB). Every other list is empty.
 * Prints its port and certificate as JSON, and serves until its input ends.
 */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { issueForLoopback } from '../../../lab/wire/certificates.ts';

const [pods = 0, nodes = 0, services = 0] = process.argv.slice(2).map(Number);
const pageSize = 500;
const podsPerService = 20;

const managedFields = (manager: string, paths: number) => ({
  manager,
  operation: 'Update',
  apiVersion: 'v1',
  time: '2026-11-20T11:00:00Z',
  fieldsType: 'FieldsV1',
  fieldsV1: {
    'f:status': Object.fromEntries(
      Array.from({ length: paths }, (_, index) => [
        `k:{"type":"Field${index}"}`,
        { '.': {}, 'f:status': {}, 'f:type': {} },
      ]),
    ),
  },
});

const metadata = (name: string, namespace?: string) => ({
  name,
  ...(namespace && { namespace }),
  uid: `00000000-0000-4000-8000-${name.padStart(12, '0').slice(-12)}`,
  resourceVersion: '123456789',
  creationTimestamp: '2026-11-01T10:00:00Z',
  labels: {
    app: namespace ?? 'node',
    'app.kubernetes.io/name': `service-${name}`,
    'app.kubernetes.io/managed-by': 'Helm',
    'pod-template-hash': '6d4b75cb6d',
  },
  annotations: { 'checksum/config': 'f'.repeat(64), 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
  managedFields: [managedFields('kube-controller-manager', 20), managedFields('kubelet', 15)],
});

const address = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
const namespaceOf = (index: number): string => `team-${Math.floor(index / podsPerService) % 50}`;

const container = {
  name: 'app',
  image: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:2026.11.20-abcdef0123',
  args: ['--port=8080', '--config=/etc/app/config.yaml'],
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  env: Array.from({ length: 30 }, (_, index) => ({
    name: `SETTING_NUMBER_${index}`,
    value: `a value of usual length ${index}`,
  })),
  resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '512Mi' } },
  volumeMounts: [{ name: 'token', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
  readinessProbe: { httpGet: { path: '/ready', port: 'http', scheme: 'HTTP' }, periodSeconds: 10, failureThreshold: 3 },
  imagePullPolicy: 'IfNotPresent',
};
const condition = (type: string) => ({
  type,
  status: 'True',
  lastProbeTime: null,
  lastTransitionTime: '2026-11-20T10:00:00Z',
});

const kinds: Record<string, { count: number; item: (index: number) => object }> = {
  '/api/v1/pods': {
    count: pods,
    item: (index) => ({
      metadata: metadata(`pod-${index}`, namespaceOf(index)),
      spec: {
        nodeName: `node-${index % Math.max(1, nodes)}`,
        containers: [container, { ...container, name: 'sidecar', env: [] }],
        tolerations: [
          { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
        ],
        volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],
      },
      status: {
        phase: 'Running',
        podIPs: [{ ip: address(index) }],
        startTime: '2026-11-20T10:00:00Z',
        conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map(
          condition,
        ),
        containerStatuses: ['app', 'sidecar'].map((name) => ({
          name,
          ready: true,
          started: true,
          restartCount: index % 3,
          image: container.image,
          containerID: `containerd://${String(index).padStart(64, '0')}`,
          state: { running: { startedAt: '2026-11-20T10:00:00Z' } },
          lastState: {},
        })),
      },
    }),
  },
  '/api/v1/nodes': {
    count: nodes,
    item: (index) => ({
      metadata: metadata(`node-${index}`),
      spec: { providerID: `aws:///eu-west-1a/i-${String(index).padStart(17, '0')}` },
      status: {
        addresses: [{ type: 'InternalIP', address: address(index) }],
        conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map(condition),
        nodeInfo: { kubeletVersion: 'v1.33.0', kubeProxyVersion: 'v1.33.0', osImage: 'Amazon Linux 2023' },
        images: Array.from({ length: 50 }, (_, image) => ({ names: [`${container.image}-${image}`], sizeBytes: 1e8 })),
      },
    }),
  },
  '/api/v1/services': {
    count: services,
    item: (index) => ({
      metadata: metadata(`service-${index}`, `team-${index % 50}`),
      spec: {
        type: 'LoadBalancer',
        selector: { 'app.kubernetes.io/name': `service-${index}` },
        ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http', nodePort: 30_000 + (index % 2000) }],
      },
      status: { loadBalancer: { ingress: [{ hostname: `service-${index}.elb.eu-west-1.amazonaws.com` }] } },
    }),
  },
  '/apis/discovery.k8s.io/v1/endpointslices': {
    count: services,
    item: (index) => ({
      metadata: {
        ...metadata(`service-${index}-abcde`, `team-${index % 50}`),
        labels: { 'kubernetes.io/service-name': `service-${index}` },
      },
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: Array.from({ length: podsPerService }, (_, pod) => ({
        addresses: [address(index * podsPerService + pod)],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: `node-${pod}`,
        targetRef: { kind: 'Pod', namespace: `team-${index % 50}`, name: `pod-${index * podsPerService + pod}` },
      })),
    }),
  },
};

const { ca, server: pair } = await issueForLoopback('bench');
const api = createServer(pair, (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://api');
  const { count, item } = kinds[pathname] ?? { count: 0, item: () => ({}) };
  response.setHeader('content-type', 'application/json');
  if (/\/(configmaps|leases)\//.test(pathname)) {
    response.writeHead(404).end('{}');
    return;
  }
  if (pathname === '/apis') {
    response.end('{"kind":"APIGroupList","groups":[]}');
    return;
  }
  const from = Number(searchParams.get('continue') ?? 0);
  const to = Math.min(count, from + pageSize);
  const body = JSON.stringify({
    metadata: { resourceVersion: '1', ...(to < count && { continue: String(to), remainingItemCount: count - to }) },
    items: Array.from({ length: to - from }, (_, index) => item(from + index)),
  });
  const isPacked = body.length >= 128 * 2 ** 10;
  if (isPacked) response.setHeader('content-encoding', 'gzip');
  response.end(isPacked ? gzipSync(body, { level: 1 }) : body);
});
api.listen(0, '127.0.0.1');
await once(api, 'listening');
console.log(JSON.stringify({ port: (api.address() as AddressInfo).port, ca }));
process.stdin.resume().once('end', () => process.exit(0));
