import { expect, test } from 'vitest';
import { scaleToZero } from '../../../lab/faults/scale.ts';
import { settle } from '../../../lab/settle.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import {
  cluster,
  healthCheckNodePort,
  meetsAtNodes,
  nodePort,
  oneService,
  place,
  pods,
  states,
} from './one-service.ts';

const health = (status: number, localEndpoints: number) => ({
  kind: 'http',
  paths: { '*': status },
  body: JSON.stringify(
    { service: { namespace: 'shop', name: 'web' }, localEndpoints, serviceProxyHealthy: true },
    null,
    '\t',
  ),
});
const silent = { kind: 'silent' };
const answer = { kind: 'http', paths: { '*': 200 } };

test('under Cluster every node forwards its NodePort, whether it has a pod or not', () => {
  const world = oneService({}, { replicas: 1 });
  expect(meetsAtNodes(world, nodePort(world))).toEqual([answer, answer, answer]);
  expect(states(world)).toEqual(['healthy', 'healthy', 'healthy']);
});

test('under Cluster without endpoints every node refuses', () => {
  const world = oneService();
  scaleToZero(world, cluster(world), place);
  const empty = settle(world);
  expect(meetsAtNodes(empty, nodePort(empty))).toEqual(['refused', 'refused', 'refused']);
  expect(states(empty)).toEqual(['unhealthy', 'unhealthy', 'unhealthy']);
});

test('under Local a node without a pod drops the NodePort and answers 503 with no local endpoint', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' }, { replicas: 3, nodes: [0, 0, 1] });
  expect(meetsAtNodes(world, nodePort(world))).toEqual([answer, answer, silent]);
  expect(meetsAtNodes(world, healthCheckNodePort(world))).toEqual([health(200, 2), health(200, 1), health(503, 0)]);
  expect(states(world)).toEqual(['healthy', 'healthy', 'unhealthy']);
});

test('under Local without any endpoint the NodePort refuses and the health port answers 503', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  scaleToZero(world, cluster(world), place);
  const empty = settle(world);
  expect(meetsAtNodes(empty, nodePort(empty))).toEqual(['refused', 'refused', 'refused']);
  expect(meetsAtNodes(empty, healthCheckNodePort(empty))).toEqual([health(503, 0), health(503, 0), health(503, 0)]);
});

test('a kube-proxy that takes another name for its node sees all endpoints as remote', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  const [first] = pods(world);
  cluster(world).kubeProxyNames[first?.spec.nodeName ?? ''] = 'ip-127-20-0-10.corp.example.com';
  const misnamed = settle(world);
  expect(meetsAtNodes(misnamed, nodePort(misnamed))).toEqual([silent, answer, answer]);
  expect(meetsAtNodes(misnamed, healthCheckNodePort(misnamed))[0]).toEqual(health(503, 0));
  expect(states(misnamed)).toEqual(['unhealthy', 'healthy', 'healthy']);
});

test('under Cluster the name of the node does not matter', () => {
  const world = oneService();
  const [first] = pods(world);
  cluster(world).kubeProxyNames[first?.spec.nodeName ?? ''] = 'ip-127-20-0-10.corp.example.com';
  expect(states(settle(world))).toEqual(['healthy', 'healthy', 'healthy']);
});

test('a node without a kube-proxy pod refuses its NodePorts and has no health server', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  const { objects } = cluster(world);
  const proxy = objects.findIndex(
    ({ kind, metadata }) => kind === 'Pod' && metadata.labels['k8s-app'] === 'kube-proxy',
  );
  objects.splice(proxy, 1);
  const without = settle(world);
  expect(meetsAtNodes(without, nodePort(without))).toEqual(['refused', answer, answer]);
  expect(meetsAtNodes(without, 10256)[0]).toBe('refused');
  expect(meetsAtNodes(without, 10256)[1]).toMatchObject({ kind: 'http', paths: { '/healthz': 200 } });
  expect(states(without)).toEqual(['unhealthy', 'healthy', 'healthy']);
});

test('a node whose only pod is terminating still takes traffic, but says 503', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' }, { replicas: 1 });
  const [pod] = pods(world);
  if (pod === undefined) throw new Error('no pod');
  pod.metadata.deletionTimestamp = world.now;
  const leaving = settle(world);
  expect(meetsAtNodes(leaving, nodePort(leaving))).toEqual([answer, silent, silent]);
  expect(meetsAtNodes(leaving, healthCheckNodePort(leaving))[0]).toEqual(health(503, 0));
});

test('on a node about to go kube-proxy fails /healthz on purpose, and goes on counting its pods', () => {
  const world = oneService({ externalTrafficPolicy: 'Local' });
  const [removed, deleted] = objectsOf(cluster(world), 'Node');
  if (removed === undefined || deleted === undefined) throw new Error('no nodes');
  removed.spec.taints = [{ key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule', value: '1' }];
  deleted.metadata.deletionTimestamp = world.now;
  const leaving = settle(world);
  for (const answered of meetsAtNodes(leaving, 10256).slice(0, 2)) {
    expect(answered).toMatchObject({
      paths: { '/healthz': 503, '/livez': 200 },
      body: '{"nodeEligible":false,"healthy":true}',
    });
  }
  expect(meetsAtNodes(leaving, healthCheckNodePort(leaving))[0]).toMatchObject({ paths: { '*': 200 } });
});
