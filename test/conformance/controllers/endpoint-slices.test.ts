import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scenarios } from '../../../lab/scenarios.ts';
import { clusterOf } from '../../../lab/world/cluster.ts';
import type { EndpointSlice } from '../../../lab/world/kubernetes-object.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { findEngine } from '../engines/kube-controller-manager.ts';
import { type ControlPlane, startControlPlane } from '../kubernetes/control-plane.ts';
import { identifyAuditor } from '../kubernetes/engines.ts';
import { loadCluster } from '../kubernetes/load-cluster.ts';
import { installDefinitions } from '../kubernetes/prepare-cluster.ts';
import type { Program } from '../kubernetes/program.ts';
import { adminKubeconfig, startControllerManager } from './controller-manager.ts';

const engine = findEngine();
const slices = '/apis/discovery.k8s.io/v1/endpointslices';
const managed = 'endpointslice.kubernetes.io/managed-by%3Dendpointslice-controller.k8s.io';

/** Scenarios whose pods are in every state that makes a difference to an endpoint, and whose ports differ. */
const telling = [
  'healthy',
  'pod-crashloop',
  'pod-readiness-probe-failing',
  'pod-evicted-or-node-pressure',
  'pod-unschedulable',
  'pod-init-or-startup-stuck',
  'readiness-gate-stuck',
  'rollout-in-progress',
  'workload-scaled-to-zero',
  'svc-selector-matches-no-pods',
  'etp-local-no-local-pod',
  'etp-local-only-terminating-endpoints',
  'etp-local-no-ready-endpoint-anywhere',
  'endpointslice-port-name-mismatch',
  'named-target-port-not-found',
  'node-not-ready',
  'app-ip-family-mismatch',
];

describe.skipIf(!engine.found)('kube-controller-manager', () => {
  let plane: ControlPlane;
  let manager: Program;
  const folder = mkdtempSync(join(tmpdir(), 'endpoint-slices-'));
  beforeAll(async () => {
    if (!engine.found) return;
    plane = await startControlPlane(engine, { identify: identifyAuditor });
    await installDefinitions(plane.admin);
    const kubeconfig = join(folder, 'kubeconfig.json');
    writeFileSync(kubeconfig, adminKubeconfig(plane));
    manager = await startControllerManager(engine.controllerManager, kubeconfig);
  });
  afterAll(async () => {
    await manager?.stop();
    await plane?.close();
    rmSync(folder, { recursive: true });
  });

  test.each(scenarios.filter(({ id }) => telling.includes(id)))(
    '$id: the real controller makes the EndpointSlices of the lab',
    async (scenario) => {
      const world = scenario.build({ network: '10.20', now: new Date().toISOString() });
      const cluster = clusterOf(world, 'shop');
      const objects = cluster.objects.filter((object) => object.kind !== 'EndpointSlice' || !isManaged(object));
      const loaded = await loadCluster(plane, { ...cluster, objects });
      try {
        const expected = shown(objectsOf(cluster, 'EndpointSlice').filter(isManaged));
        await expect.poll(async () => shown(await readSlices()), { timeout: 20_000, interval: 200 }).toEqual(expected);
      } finally {
        await loaded.unload();
        for (const { metadata } of await readSlices()) {
          const path = `/apis/discovery.k8s.io/v1/namespaces/${metadata.namespace}/endpointslices/${metadata.name}`;
          await plane.admin.call('DELETE', path);
        }
      }
    },
  );

  test('every telling scenario is there', () => {
    expect(scenarios.filter(({ id }) => telling.includes(id))).toHaveLength(telling.length);
  });

  /** All that the controller made, but for the Service of the API itself, which has no selector. */
  async function readSlices(): Promise<EndpointSlice[]> {
    const { body } = await plane.admin.call('GET', `${slices}?labelSelector=${managed}`);
    return body.items;
  }
});

const isManaged = ({ metadata }: Pick<EndpointSlice, 'metadata'>): boolean =>
  metadata.labels?.['endpointslice.kubernetes.io/managed-by'] === 'endpointslice-controller.k8s.io';

/** What kube-proxy and load balancing controllers go by, in an order of its own. */
const shown = (all: EndpointSlice[]) =>
  all
    .map(({ metadata, addressType, ports, endpoints }) => ({
      service: `${metadata.namespace}/${metadata.labels['kubernetes.io/service-name']}`,
      addressType,
      ports: (ports ?? []).map(({ name, port, protocol }) => `${name} ${port} ${protocol}`).toSorted(),
      endpoints: (endpoints ?? [])
        .map(({ addresses, conditions, nodeName, targetRef, zone }) => ({
          address: addresses[0],
          conditions,
          nodeName,
          pod: targetRef?.name,
          zone,
        }))
        .toSorted((a, b) => `${a.address}`.localeCompare(`${b.address}`)),
    }))
    // A Service without endpoints has a slice in the lab at once; the controller writes one too, without ports.
    .toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
