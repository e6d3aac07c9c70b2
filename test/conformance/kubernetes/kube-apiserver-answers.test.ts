import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import { healthy } from '../../../lab/scenarios/healthy.ts';
import { startLab } from '../../../lab/start.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { type AdminClient, type ApiAnswer, adminClient } from './admin-client.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { auditorToken, engines, identifyAuditor } from './engines.ts';
import { loadCluster } from './load-cluster.ts';
import { grantShippedRole, installDefinitions } from './prepare-cluster.ts';
import { allocators } from './without-additions.ts';

const world = healthy.build({ network: '10.20' });
const here = world.clusters[0];
const pod = here && objectsOf(here, 'Pod').find(({ metadata }) => metadata.namespace === 'orders');
const podPath = `/api/v1/namespaces/orders/pods/${pod?.metadata.name}`;

/** Asked by an administrator. */
const refused = {
  'an unknown path': '/api/v1/nothing',
  'an unknown group': '/apis/nothing.example.com/v1/nothings',
  'a pod that is not there': '/api/v1/namespaces/orders/pods/gone',
  'a Deployment that is not there': '/apis/apps/v1/namespaces/orders/deployments/gone',
  'the log of a pod that is not there': '/api/v1/namespaces/orders/pods/gone/log',
  'the log of a container that is not there': `${podPath}/log?container=gone`,
  'the log of a run that is not there': `${podPath}/log?container=checkout&previous=true`,
  'a label selector that is none': '/api/v1/pods?labelSelector=a%20b',
  'a field that cannot be selected by': '/api/v1/pods?fieldSelector=spec.hostname%3Da',
  'a field selector that is none': '/api/v1/pods?fieldSelector=a',
  'a continue token that is none': '/api/v1/pods?limit=2&continue=x',
};

const listed = {
  'all pods': '/api/v1/pods',
  'pods of a namespace': '/api/v1/namespaces/orders/pods',
  'pods with a label': '/api/v1/pods?labelSelector=app%3Dcheckout',
  'pods with one of two labels': '/api/v1/pods?labelSelector=app%20in%20(checkout%2Csearch)',
  'pods without a label': '/api/v1/pods?labelSelector=!app',
  'pods in another phase': '/api/v1/pods?fieldSelector=status.phase!%3DRunning',
  'pods of a node': `/api/v1/pods?fieldSelector=spec.nodeName%3D${pod?.spec.nodeName}`,
  'events about one object': '/api/v1/events?fieldSelector=involvedObject.kind%3DService',
  'events of the newer API': '/apis/events.k8s.io/v1/namespaces/orders/events?fieldSelector=regarding.kind%3DService',
  'pods without a network of their own': '/api/v1/pods?fieldSelector=spec.hostNetwork%3Dtrue',
  'Nodes that take pods': '/api/v1/nodes?fieldSelector=spec.unschedulable%3Dfalse',
  'bindings of target groups': '/apis/elbv2.k8s.aws/v1beta1/targetgroupbindings',
  'a first chunk': '/api/v1/pods?limit=3',
  'a first chunk of those with a label': '/api/v1/pods?limit=1&labelSelector=app%3Dcheckout',
  'a chunk that holds all': '/api/v1/nodes?limit=100',
};

describe.each(engines)('$name', ({ engine }) => {
  describe.skipIf(!engine.found)('answers as the lab does', () => {
    let plane: ControlPlane;
    let lab: Lab;
    let asAdmin: AdminClient[];
    let asAuditor: AdminClient[];
    let asNobody: AdminClient[];
    beforeAll(async () => {
      if (!engine.found || here === undefined) return;
      plane = await startControlPlane(engine, { identify: identifyAuditor });
      lab = await startLab(world, { sockets: false });
      await installDefinitions(plane.admin);
      await grantShippedRole(plane.admin);
      expect((await loadCluster(plane, here)).refusals).toEqual([]);

      const { endpoint = '', certificateAuthority = '' } = lab.world.clusters[0]?.cluster ?? {};
      const token: string = JSON.parse(lab.kubeconfig).users[0].user.token;
      const both = [
        { endpoint, certificateAuthority },
        { endpoint: plane.endpoint, certificateAuthority: plane.certificateAuthority },
      ].map((server) => ({
        endpoint: server.endpoint,
        ca: Buffer.from(server.certificateAuthority, 'base64').toString(),
      }));
      const auditor = await auditorToken();
      asAdmin = [adminClient({ ...(both[0] ?? { endpoint, ca: '' }), token }), plane.admin];
      asAuditor = both.map((server) => adminClient({ ...server, token: auditor }));
      asNobody = both.map((server) => adminClient({ ...server, token: 'k8s-aws-v1.bm90aGluZw' }));
    });
    afterAll(async () => {
      await plane?.close();
      await lab?.close();
    });

    test.each(Object.entries(refused))('to %s', async (_, path) => {
      const [ours, theirs] = await ask(asAdmin, path);
      expect(theirs?.status).toBeGreaterThanOrEqual(400);
      expect(refusal(ours)).toEqual(refusal(theirs));
    });

    test.each(Object.entries(listed))('with %s', async (_, path) => {
      const [ours, theirs] = await ask(asAdmin, path);
      expect(chunk(theirs).names.length).toBeGreaterThan(0);
      expect(chunk(ours)).toEqual(chunk(theirs));
    });

    test.each([
      '/api/v1/secrets',
      '/api/v1/namespaces/orders/secrets',
      '/api/v1/namespaces/orders/secrets/checkout-database',
    ])('to the auditor who asks for %s', async (path) => {
      const [ours, theirs] = await ask(asAuditor, path);
      expect(theirs?.status).toBe(403);
      expect(refusal(ours)).toEqual(refusal(theirs));
    });

    test('to a token that is not good', async () => {
      const [ours, theirs] = await ask(asNobody, '/api/v1/pods');
      expect(theirs?.status).toBe(401);
      expect(refusal(ours)).toEqual(refusal(theirs));
    });

    test('with the end of a log', async () => {
      const [ours, theirs] = await ask(asAdmin, `${podPath}/log?container=checkout&tailLines=1&limitBytes=9`);
      expect(theirs).toEqual({ status: 200, body: 'listening' });
      expect(ours).toEqual(theirs);
    });
  });
});

const ask = (clients: AdminClient[], path: string): Promise<ApiAnswer[]> =>
  Promise.all(clients.map((client) => client.call('GET', path)));

/** A refusal without the names of users, which this lab and that cluster give as they like. */
const refusal = (answer: ApiAnswer | undefined): object => ({ status: answer?.status, body: answer?.body });

interface Item {
  metadata: { namespace?: string; name: string };
  /** Of an event, by the older and the newer API. */
  reportingComponent?: string;
  reportingController?: string;
}

/** What a list holds, without what is different in every cluster. */
function chunk(answer: ApiAnswer | undefined) {
  const { kind, apiVersion, items: all = [], metadata } = answer?.body ?? {};
  const items = (all as Item[]).filter(
    ({ reportingComponent, reportingController }) =>
      !allocators.includes(reportingComponent ?? reportingController ?? ''),
  );
  const names = items.map((item) => `${item.metadata.namespace ?? ''}/${item.metadata.name}`);
  const { remainingItemCount } = metadata ?? {};
  const ofItem = Object.keys(items[0] ?? {}).toSorted();
  return { kind, apiVersion, names, ofItem, keys: Object.keys(metadata ?? {}).toSorted(), remainingItemCount };
}
