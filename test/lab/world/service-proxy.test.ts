import { expect, test } from 'vitest';
import { breakKubeProxyPatch } from '../../../lab/faults/break-kube-proxy-patch.ts';
import { hangNode } from '../../../lab/faults/lose-node.ts';
import { stickKubeProxy } from '../../../lab/faults/stick-kube-proxy.ts';
import { settle } from '../../../lab/settle.ts';
import type { Node } from '../../../lab/world/kubernetes-object.ts';
import { objectOf, objectsOf } from '../../../lab/world/object.ts';
import { addService } from '../../../lab/world/service.ts';
import type { World } from '../../../lab/world/world.ts';
import {
  cluster,
  healthCheckNodePort,
  meetsAtNodes,
  nodeAddresses,
  nodePort,
  oneService,
  place,
  states,
} from './one-service.ts';

const answer = { kind: 'http', paths: { '*': 200 } };
const healthz = 10256;
const firstNode = (world: World): Node => {
  const [node] = objectsOf(cluster(world), 'Node');
  if (node === undefined) throw new Error('no node');
  return node;
};

test('a kube-proxy that crashes leaves its rules in the kernel, but nobody answers on its ports', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  breakKubeProxyPatch(world, cluster(world));
  const broken = settle(world);
  expect(meetsAtNodes(broken, nodePort(broken))).toEqual([answer, answer, answer]);
  expect(meetsAtNodes(broken, healthz)[0]).toBe('refused');
  expect(meetsAtNodes(broken, healthCheckNodePort(broken))[0]).toBe('refused');
  expect(states(broken)).toEqual(['unhealthy', 'healthy', 'healthy']);
});

test('a kube-proxy that cannot write rules says 503, keeps old rules and has none for new Services', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  stickKubeProxy(world, cluster(world), { node: firstNode(world), ageSeconds: 1800 });
  addService(world, cluster(world), {
    ...place,
    name: 'later',
    selector: { app: place.name },
    ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30999 }],
    ageSeconds: 900,
  });
  const stuck = settle(world);
  expect(meetsAtNodes(stuck, nodePort(stuck))[0]).toEqual(answer);
  expect(meetsAtNodes(stuck, 30999)).toEqual(['refused', answer, answer]);
  expect(meetsAtNodes(stuck, healthz)).toMatchObject([
    { paths: { '/healthz': 503 } },
    { paths: { '/healthz': 200 } },
    {},
  ]);
  expect(meetsAtNodes(stuck, healthCheckNodePort(stuck))[0]).toEqual({
    kind: 'http',
    paths: { '*': 503 },
    body: JSON.stringify(
      { service: { namespace: 'shop', name: 'web' }, localEndpoints: 1, serviceProxyHealthy: false },
      null,
      '\t',
    ),
  });
});

test('nodePortAddresses closes NodePorts and healthCheckNodePorts outside its blocks, not the health server', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  const { data } = objectOf(cluster(world), 'ConfigMap', { namespace: 'kube-system', name: 'kube-proxy-config' });
  const [first] = nodeAddresses(world);
  data.config = (data.config ?? '').replace('nodePortAddresses: null', `nodePortAddresses:\n- "${first}/32"`);
  const narrow = settle(world);
  expect(meetsAtNodes(narrow, nodePort(narrow))).toEqual([answer, 'refused', 'refused']);
  expect(meetsAtNodes(narrow, healthCheckNodePort(narrow)).slice(1)).toEqual(['refused', 'refused']);
  expect(meetsAtNodes(narrow, healthz)).not.toContain('refused');
  expect(states(narrow)).toEqual(['healthy', 'unhealthy', 'unhealthy']);
});

test('a process of the host keeps kube-proxy from opening the same port, even from the loopback address', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  const agent = objectsOf(cluster(world), 'Pod').find(
    ({ metadata, spec }) =>
      metadata.labels['k8s-app'] === 'aws-node' && spec.nodeName === firstNode(world).metadata.name,
  );
  cluster(world).processes[`kube-system/${agent?.metadata.name}`] = [
    { port: healthCheckNodePort(world), behaviour: { kind: 'tcp' }, loopback: true },
  ];
  const taken = settle(world);
  expect(meetsAtNodes(taken, healthCheckNodePort(taken))[0]).toBe('refused');
  expect(states(taken)).toEqual(['unhealthy', 'healthy', 'healthy']);
});

test('nothing answers on a machine that hangs, and its pods count as not ready', () => {
  const world = oneService();
  hangNode(world, cluster(world), firstNode(world));
  const hung = settle(world);
  expect(meetsAtNodes(hung, nodePort(hung))[0]).toEqual({ kind: 'silent' });
  expect(meetsAtNodes(hung, healthz)[0]).toEqual({ kind: 'silent' });
  const endpoints = objectsOf(cluster(hung), 'EndpointSlice')
    .filter(({ metadata }) => metadata.labels['kubernetes.io/service-name'] === 'web')
    .flatMap((slice) => slice.endpoints);
  expect(endpoints.map(({ conditions }) => conditions.ready)).toEqual([false, true, true]);
});
