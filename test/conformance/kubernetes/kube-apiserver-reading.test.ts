import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { type KubernetesRead, kubernetesReads } from '../../../config/permissions.ts';
import type { Cluster } from '../../../core/model/aws.ts';
import { noUsage } from '../../../io/aws/usage.ts';
import { ApiFailure } from '../../../io/kubernetes/client/api-failure.ts';
import { type Connection, openConnection } from '../../../io/kubernetes/client/connection.ts';
import { list } from '../../../io/kubernetes/client/list.ts';
import { readServices } from '../../../io/kubernetes/services.ts';
import { bindingKinds, readTargetGroupBindings } from '../../../io/kubernetes/target-group-bindings.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { type AdminClient, adminClient } from './admin-client.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { auditorToken, engines, identifyAuditor } from './engines.ts';
import { grantShippedRole, installDefinitions } from './prepare-cluster.ts';

const count = 1200;

describe.each(engines)('$name', ({ engine }) => {
  describe.skipIf(!engine.found)('is read by the product', () => {
    let plane: ControlPlane;
    let auditor: AdminClient;
    let connection: Connection;
    beforeAll(async () => {
      if (!engine.found) return;
      plane = await startControlPlane(engine, { identify: identifyAuditor });
      const { endpoint, certificateAuthority } = plane;
      const token = await auditorToken();
      const ca = Buffer.from(certificateAuthority, 'base64').toString();
      auditor = adminClient({ endpoint, ca, token });
      const cluster = { ...(healthy.build().clusters[0]?.cluster as Cluster), endpoint, certificateAuthority };
      const signal = AbortSignal.timeout(120_000);
      connection = openConnection({ cluster, token: async () => token, signal, usage: noUsage() });
    });
    afterAll(async () => {
      connection?.close();
      await plane?.close();
    });

    test('only after docs/rbac.yaml is applied; bindings that no definition makes known are none', async () => {
      const bindings = () => readTargetGroupBindings(bindingKinds.controller)(connection);
      expect((await auditor.call('GET', '/api/v1/pods')).status).toBe(403);
      expect(await bindings()).toEqual([]);
      await installDefinitions(plane.admin);
      await expect(bindings()).rejects.toMatchObject({ code: 403 });
      await grantShippedRole(plane.admin);
      expect((await auditor.call('GET', '/api/v1/pods')).status).toBe(200);
      expect(await bindings()).toEqual([]);
    });

    test.each(kubernetesReads)('$verbs.0 $group $resource is granted by docs/rbac.yaml', async (read) => {
      for (const path of pathsOf(read)) {
        const { status, body } = await auditor.call('GET', path);
        expect([200, 404], `${path}: ${body.message}`).toContain(status);
      }
    });

    test.each([
      ['GET', '/api/v1/secrets'],
      ['GET', '/api/v1/namespaces/kube-system/configmaps'],
      ['GET', '/api/v1/namespaces/kube-system/configmaps/aws-auth'],
      ['GET', '/apis/coordination.k8s.io/v1/leases'],
      ['GET', '/api/v1/namespaces/orders/pods/a'],
      ['GET', '/api/v1/pods?watch=true'],
      ['GET', '/api/v1/namespaces'],
      ['GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles'],
      ['POST', '/api/v1/namespaces/default/pods'],
      ['POST', '/api/v1/namespaces/default/pods/a/exec'],
      ['POST', '/api/v1/namespaces/default/serviceaccounts/default/token'],
      ['DELETE', '/apis/apps/v1/namespaces/default/deployments/a'],
      ['PATCH', '/api/v1/nodes/a'],
    ] as const)('%s %s is refused', async (method, path) => {
      expect(await auditor.call(method, path, method === 'GET' ? undefined : {})).toMatchObject({
        status: 403,
        body: { reason: 'Forbidden' },
      });
    });

    test('with who holds which field of an object, as managers wrote it one after the other', async () => {
      const services = '/api/v1/namespaces/default/services';
      const object = {
        metadata: { name: 'held', annotations: { a: '1', b: '1' } },
        spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
      };
      await plane.admin.call('POST', `${services}?fieldManager=argocd-controller`, object);
      // Services are read from the cache of the API server, which follows a little later.
      const held = (value: string) =>
        vi.waitFor(async () => {
          const all = await readServices(connection);
          const { metadata } = all.find(({ metadata: { name } }) => name === 'held') ?? {};
          expect(metadata?.annotations['a']).toBe(value);
          return metadata;
        }, 10_000);
      const before = (await held('1'))?.heldFields?.['argocd-controller'];
      expect(before).toEqual(
        expect.arrayContaining(['metadata>annotations>a', 'spec>ports>80>targetPort', 'spec>selector']),
      );
      const change = { metadata: { annotations: { a: '2' } } };
      await plane.admin.call('PATCH', `${services}/held?fieldManager=kubectl-annotate`, change);
      const metadata = await held('2');
      expect(metadata?.managers).toEqual(['argocd-controller']);
      expect(metadata?.heldFields?.['argocd-controller']).toEqual(
        before?.filter((field) => field !== 'metadata>annotations>a'),
      );
    });

    test('in pages, and on in newer data when a continue token has expired', async () => {
      const names = Array.from({ length: count }, (_, index) => `many-${String(index).padStart(4, '0')}`);
      await create(plane.admin, names);
      const sent: string[] = [];
      const answered: (number | undefined)[] = [];
      const observed: Connection = {
        ...connection,
        async json(read) {
          sent.push(read.query?.['continue'] === undefined ? 'start' : 'continue');
          const answer = await connection.json(read).catch((error: unknown) => {
            answered.push(error instanceof ApiFailure ? error.code : undefined);
            throw error;
          });
          answered.push((answer as { items: unknown[] }).items.length);
          // Whatever the API server knew of this moment is forgotten while the list is under way.
          if (sent.length === 1) await forget(plane);
          return answer;
        },
      };
      const kept = await list(observed, {
        action: 'list events',
        path: '/api/v1/namespaces/default/events',
        shape: z.object({ metadata: z.object({ name: z.string() }) }),
        keep: ({ metadata }) => metadata.name,
      });
      expect(answered).toEqual([500, 410, 500, count + 1 - 1000]);
      expect(sent).toEqual(['start', 'continue', 'continue', 'continue']);
      expect(kept).toEqual([...names, 'zz-later']);
    });
  });
});

/** What the read asks for, each name of its own; the namespace is that of the add-ons. */
function pathsOf({ group, resource, names }: KubernetesRead): string[] {
  const versions: Record<string, string> = { 'elbv2.k8s.aws': 'v1beta1' };
  const api = group === '' ? '/api/v1' : `/apis/${group}/${versions[group] ?? 'v1'}`;
  if (resource === 'pods/log') return [`${api}/namespaces/kube-system/pods/a/log`];
  return names?.map((name) => `${api}/namespaces/kube-system/${resource}/${name}`) ?? [`${api}/${resource}`];
}

async function create(admin: AdminClient, names: string[]): Promise<void> {
  const answers = names.map((name) =>
    admin.call('POST', '/api/v1/namespaces/default/events', {
      metadata: { name },
      involvedObject: { kind: 'Pod', namespace: 'default', name: 'a' },
    }),
  );
  expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(new Set([201]));
}

/** Moves on and compacts until the first revisions are gone from etcd and from the caches in front of it. */
async function forget({ admin, etcd }: ControlPlane): Promise<void> {
  await create(admin, ['zz-later']);
  await etcd.compact();
}
