import { expect, test } from 'vitest';
import { settle } from '../../../lab/settle.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { answerWith } from '../../../lab/world/pod/process.ts';
import { answering } from '../../../lab/world/pod/workload.ts';
import { cluster, meets, oneService, pods, service, states } from './one-service.ts';

const slices = (world: ReturnType<typeof oneService>) =>
  objectsOf(cluster(world), 'EndpointSlice').filter(
    ({ metadata }) => metadata.labels['kubernetes.io/service-name'] === 'web',
  );

test('an EndpointSlice lists the ready pods with node and zone', () => {
  const world = oneService();
  const [slice] = slices(world);
  expect(slices(world)).toHaveLength(1);
  expect(slice?.ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }]);
  expect(slice?.endpoints).toEqual(
    pods(world).map((pod, index) => ({
      addresses: [pod.status.podIP],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: pod.spec.nodeName,
      zone: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'][index],
      targetRef: { kind: 'Pod', namespace: 'shop', name: pod.metadata.name, uid: pod.metadata.uid },
    })),
  );
});

test('a failing readiness probe takes the pod out of service, and the kubelet says why', () => {
  const world = oneService();
  const [failing] = pods(world);
  if (failing === undefined) throw new Error('no pod');
  answerWith(cluster(world), [failing], answering({ '/ready': 503, '*': 200 }));
  const after = settle(world);
  const [pod] = pods(after);
  expect(pod?.status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }),
  );
  expect(pod?.status.containerStatuses?.[0]).toMatchObject({ ready: false, state: { running: {} } });
  expect(slices(after)[0]?.endpoints.map((endpoint: { conditions: object }) => endpoint.conditions)).toEqual([
    { ready: false, serving: false, terminating: false },
    { ready: true, serving: true, terminating: false },
    { ready: true, serving: true, terminating: false },
  ]);
  expect(objectsOf(cluster(after), 'Event').map((event) => event['message'])).toContain(
    'Readiness probe failed: HTTP probe failed with statuscode: 503',
  );
});

test.each([
  ['a slow answer', { kind: 'http', paths: { '*': 200 }, delayMs: 6000 } as const, /deadline exceeded/],
  ['a server that says nothing', { kind: 'tcp' } as const, /deadline exceeded/],
  ['a reset', { kind: 'reset' } as const, /connection reset by peer/],
  ['404', answering({ '*': 404 }), /statuscode: 404/],
])('%s fails the readiness probe', (_name, behaviour, message) => {
  const world = oneService({}, { behaviour, replicas: 1 });
  const warnings = objectsOf(cluster(world), 'Event').filter(({ reason }) => reason === 'Unhealthy');
  expect(warnings.map((event) => event['message'])).toEqual([expect.stringMatching(message)]);
});

test('a pod that is not published as ready is published anyway where the Service asks for it', () => {
  const world = oneService({}, { behaviour: answering({ '*': 503 }) });
  expect(states(world)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
  service(world).spec.publishNotReadyAddresses = true;
  expect(states(settle(world))).toEqual(['healthy', 'healthy', 'healthy']);
});

test('a named target port that no container declares is left out of the slice', () => {
  const world = oneService({ ports: [{ name: 'http', port: 80, targetPort: 'web' }] });
  expect(slices(world)[0]?.ports).toEqual([]);
  expect(states(world)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
});

test('a selector that matches nothing leaves one empty slice', () => {
  const world = oneService({ selector: { app: 'other' } });
  expect(slices(world).map((slice) => slice.endpoints)).toEqual([[]]);
});

test('a pod that listens on loopback refuses connections from outside', () => {
  const world = oneService({ targetType: 'ip' }, { readinessProbe: null });
  for (const pod of pods(world)) {
    const { namespace, name } = pod.metadata;
    cluster(world).processes[`${namespace}/${name}`] = [
      { port: 8080, loopback: true, behaviour: { kind: 'http', paths: { '*': 200 } } },
    ];
  }
  const after = settle(world);
  expect(states(after)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
  expect(meets(after, pods(after)[0]?.status.podIP ?? '', 8080)).toBe('refused');
});

test('a host-network pod answers at the address of its node', () => {
  const world = oneService({ healthCheck: { port: '15021' } });
  expect(states(world)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
  for (const pod of objectsOf(cluster(world), 'Pod')) {
    if (pod.metadata.labels['k8s-app'] !== 'aws-node') continue;
    cluster(world).processes[`kube-system/${pod.metadata.name}`] = [{ port: 15021, behaviour: answering() }];
  }
  expect(states(settle(world))).toEqual(['healthy', 'healthy', 'healthy']);
});

test('Deployments and ReplicaSets count their ready pods', () => {
  const world = oneService();
  const [failing] = pods(world);
  if (failing === undefined) throw new Error('no pod');
  answerWith(cluster(world), [failing], answering({ '*': 500 }));
  const after = settle(world);
  const workloads = [...objectsOf(cluster(after), 'Deployment'), ...objectsOf(cluster(after), 'ReplicaSet')];
  const own = workloads.filter(({ metadata }) => metadata.namespace === 'shop');
  expect(own.map(({ status }) => [status.replicas, status.readyReplicas])).toEqual([
    [3, 2],
    [3, 2],
  ]);
});

test('a node that is excluded leaves the target group', () => {
  const world = oneService();
  const [node] = objectsOf(cluster(world), 'Node');
  if (node === undefined) throw new Error('no node');
  node.metadata.labels['node.kubernetes.io/exclude-from-external-load-balancers'] = 'true';
  expect(states(settle(world))).toEqual(['healthy', 'healthy', 'draining']);
});
