import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kubeProxyRules } from '../../../lab/physics/kube-proxy.ts';
import { settle } from '../../../lab/settle.ts';
import { clusterOf } from '../../../lab/world/cluster.ts';
import type { Node } from '../../../lab/world/kubernetes-object.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import type { Behaviour, World } from '../../../lab/world/world.ts';
import { adminKubeconfig } from '../controllers/controller-manager.ts';
import { giveShape, plainWorld } from '../controllers/mirror.ts';
import { findEngine } from '../engines/kube-proxy.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { identifyAuditor } from '../kubernetes/engines.ts';
import { freePorts } from '../kubernetes/free-ports.ts';
import { ask, type HealthServers, startHealthServers } from './health-servers.ts';

const engine = findEngine();
const labHealthzPort = 10256;
const labServicePort = 32100;

interface Case {
  name: string;
  /** Ready endpoints on the node. */
  endpoints: number;
  stuck?: boolean;
  /** What becomes of the Node object. */
  node?: 'tainted' | 'deleting';
}

/** Which pods count is decided before these servers: ready ones on the node (kubernetes/kubernetes pkg/proxy, LocalReadyEndpoints). */
const cases: Case[] = [
  { name: 'one ready pod on the node', endpoints: 1 },
  { name: 'two ready pods on the node', endpoints: 2 },
  { name: 'no ready pod on the node', endpoints: 0 },
  { name: 'rules that cannot be written', endpoints: 1, stuck: true },
  { name: 'rules that cannot be written, and no pod', endpoints: 0, stuck: true },
  { name: 'a node that the Cluster Autoscaler is about to remove', endpoints: 1, node: 'tainted' },
  { name: 'a node that is being deleted', endpoints: 1, node: 'deleting' },
];

describe.skipIf(!engine.found)('kube-proxy', () => {
  let plane: ControlPlane;
  const folder = mkdtempSync(join(tmpdir(), 'kube-proxy-'));
  const kubeconfig = join(folder, 'kubeconfig.json');
  beforeAll(async () => {
    if (!engine.found) return;
    plane = await startControlPlane(engine, { identify: identifyAuditor });
    writeFileSync(kubeconfig, adminKubeconfig(plane));
  });
  afterAll(async () => {
    await plane?.close();
    rmSync(folder, { recursive: true });
  });

  test.each(cases)('$name: the lab answers as the health servers of kube-proxy do', async (each) => {
    const name = `node-${cases.indexOf(each)}`;
    await makeNode(name, each);
    const [port = 0] = await freePorts(1);
    const real: HealthServers = await startHealthServers(engine.found ? engine.healthServers : '', kubeconfig, name);
    try {
      await real.become({ Services: { web: { Port: port, Endpoints: each.endpoints } }, Stuck: each.stuck === true });
      const rules = simulated(each);
      for (const path of ['/', '/healthz', '/whatever']) {
        const { status, body, type, weight } = await ask(port, path);
        expect([status, body], `service, ${path}`).toEqual(simulatedAnswer(rules.get(labServicePort), path));
        expect([type, weight]).toEqual(['application/json', `${each.endpoints}`]);
      }
      for (const path of ['/healthz', '/livez', '/']) {
        const [status, body] = simulatedAnswer(rules.get(labHealthzPort), path);
        const answer = await ask(real.healthzPort, path);
        expect(answer.status, `kube-proxy, ${path}`).toBe(status);
        if (path !== '/healthz') continue;
        expect(JSON.parse(String(answer.body))).toMatchObject(JSON.parse(String(body)));
      }
    } finally {
      await real.close();
    }
  });

  async function makeNode(name: string, { node }: Case): Promise<void> {
    const path = '/api/v1/nodes';
    const taints = node === 'tainted' ? [{ key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule' }] : [];
    const finalizers = node === 'deleting' ? ['example.com/hold'] : [];
    const made = await plane.admin.call('POST', path, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, finalizers },
      spec: { taints },
    });
    if (made.status >= 300) throw new Error(`${made.status} ${made.body.message}`);
    const addresses = [{ type: 'InternalIP', address: '127.0.0.1' }];
    await plane.admin.call('PUT', `${path}/${name}/status`, { ...made.body, status: { addresses } });
    if (node === 'deleting') await plane.admin.call('DELETE', `${path}/${name}`);
  }
});

/** What kube-proxy of the first node of the lab serves in the same situation. */
function simulated({ endpoints, stuck, node: fate }: Case) {
  const world = plainWorld();
  giveShape(world, 'web', { externalTrafficPolicy: 'Local' });
  const cluster = clusterOf(world, 'shop');
  const [node] = objectsOf(cluster, 'Node');
  if (node === undefined) throw new Error('the lab has nodes');
  placePods(world, node, endpoints);
  if (stuck) cluster.kubeProxyStuckSince = { [node.metadata.name]: world.now };
  if (fate === 'tainted')
    node.spec.taints = [{ key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule', value: '1' }];
  if (fate === 'deleting') node.metadata.deletionTimestamp = world.now;
  const settled = settle(world);
  const there = clusterOf(settled, 'shop');
  const first = objectsOf(there, 'Node').find(({ metadata }) => metadata.name === node.metadata.name);
  if (first === undefined) throw new Error('the node is gone');
  return kubeProxyRules(there, first);
}

function placePods(world: World, { metadata }: Node, count: number): void {
  const cluster = clusterOf(world, 'shop');
  const nodes = objectsOf(cluster, 'Node').map((each) => each.metadata.name);
  const other = nodes.find((name) => name !== metadata.name) ?? '';
  const pods = objectsOf(cluster, 'Pod').filter((pod) => pod.metadata.namespace === 'live');
  for (const [index, pod] of pods.entries()) pod.spec.nodeName = index < count ? metadata.name : other;
}

function simulatedAnswer(
  verdict: ReturnType<typeof simulated> extends Map<number, infer V> ? V | undefined : never,
  path: string,
) {
  if (verdict?.kind !== 'answer' || verdict.behaviour.kind !== 'http') throw new Error('the lab does not answer there');
  return [statusOf(verdict.behaviour, path), verdict.behaviour.body];
}

const statusOf = ({ paths }: Extract<Behaviour, { kind: 'http' }>, path: string): number | undefined =>
  paths[path] ?? paths['*'];
