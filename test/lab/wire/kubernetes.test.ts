import {
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  createConfiguration,
  DiscoveryV1Api,
  EventsV1Api,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { Agent } from 'undici';
import { describe, expect } from 'vitest';
import type { Lab } from '../../../lab/lab.ts';
import type { WorldCluster } from '../../../lab/world/world.ts';
import { eksToken } from './eks-token.ts';
import { test } from './lab-fixture.ts';
import { cluster, metadata, pod, smallWorld } from './small-world.ts';

async function configurationOf({ world }: Lab, token?: string) {
  const { endpoint, certificateAuthority, name } = world.clusters[0]?.cluster ?? cluster('none').cluster;
  const agent = new Agent({ connect: { ca: Buffer.from(certificateAuthority, 'base64').toString() } });
  const bearer = token ?? (await eksToken({ cluster: name }));
  return createConfiguration({
    baseServer: new ServerConfiguration(endpoint, {}),
    authMethods: {
      default: {
        getName: () => 'eks',
        applySecurityAuthentication: async (context) => {
          context.setHeaderParam('Authorization', `Bearer ${bearer}`);
          context.setDispatcher(agent);
        },
      },
    },
  });
}

const changed = (changes: Partial<WorldCluster>) => {
  const { clusters } = smallWorld();
  return { clusters: clusters.map((each) => ({ ...each, ...changes })) };
};
const failure = (code: number, message: string) => ({ code, body: expect.stringContaining(message) });

describe('the Kubernetes API of the lab', () => {
  test('lists and gets objects as a client with an EKS token asks', async ({ start }) => {
    const configuration = await configurationOf(await start());
    const core = new CoreV1Api(configuration);
    const pods = await core.listPodForAllNamespaces();
    expect(pods.items.map(({ metadata }) => metadata?.name)).toEqual(['job-1', 'web-1', 'web-2']);
    const service = await core.readNamespacedService({ namespace: 'shop', name: 'web' });
    expect(service).toMatchObject({ kind: 'Service', spec: { clusterIP: '172.20.0.9' } });
    const slices = await new DiscoveryV1Api(configuration).listNamespacedEndpointSlice({ namespace: 'shop' });
    expect(slices.items[0]?.endpoints?.[0]?.addresses).toEqual(['10.0.1.20']);
    expect((await core.listNode()).items).toHaveLength(1);
    expect((await core.listNamespacedPod({ namespace: 'other' })).items).toEqual([]);
    expect((await new AppsV1Api(configuration).listDaemonSetForAllNamespaces()).items).toEqual([]);
  });

  test('keeps Endpoints beside the EndpointSlices of a Service', async ({ start }) => {
    const core = new CoreV1Api(await configurationOf(await start()));
    const { metadata, subsets } = await core.readNamespacedEndpoints({ namespace: 'shop', name: 'web' });
    expect(metadata?.name).toBe('web');
    expect(subsets).toMatchObject([
      { addresses: [{ ip: '10.0.1.20' }], ports: [{ name: 'http', port: 8080, protocol: 'TCP' }] },
    ]);
    expect(subsets?.[0]?.notReadyAddresses).toBeUndefined();
  });

  test('records verb, resource and parameters of each call', async ({ start }) => {
    const lab = await start();
    await new CoreV1Api(await configurationOf(lab)).listNamespacedPod({ namespace: 'shop', limit: 2 });
    expect(lab.calls).toEqual([
      { service: 'kubernetes/shop', action: 'list pods', parameters: { namespace: 'shop', limit: '2' }, status: 200 },
    ]);
  });

  test('serves lists in chunks, and refuses the token of an older state with 410', async ({ start }) => {
    const lab = await start();
    const core = new CoreV1Api(await configurationOf(lab));
    const first = await core.listPodForAllNamespaces({ limit: 2 });
    expect(first.metadata).toMatchObject({ remainingItemCount: 1 });
    const token = first.metadata?._continue ?? '';
    const second = await core.listPodForAllNamespaces({ limit: 2, _continue: token });
    expect([first.items.length, second.items.length, second.metadata?._continue]).toEqual([2, 1, undefined]);

    await lab.apply(smallWorld());
    await expect(core.listPodForAllNamespaces({ limit: 2, _continue: token })).rejects.toMatchObject(
      failure(410, '"reason":"Expired"'),
    );
    await expect(core.listPodForAllNamespaces({ _continue: 'rubbish' })).rejects.toMatchObject(
      failure(400, 'continue key'),
    );
  });

  test('can let continue tokens expire while a list is read', async ({ start }) => {
    const core = new CoreV1Api(await configurationOf(await start({}, { expiredContinues: 1 })));
    const { metadata } = await core.listPodForAllNamespaces({ limit: 2 });
    const next = () => core.listPodForAllNamespaces({ limit: 2, _continue: metadata?._continue ?? '' });
    await expect(next()).rejects.toMatchObject({ code: 410 });
    await expect(next()).resolves.toMatchObject({ items: [{}] });
  });

  test.for([
    ['app=web', ['web-1', 'web-2']],
    ['app!=web', ['job-1']],
    ['app in (job, other)', ['job-1']],
    ['app notin (job),app', ['web-1', 'web-2']],
    ['!app', []],
    ['app==web,tier', []],
  ] as const)('selects by the labels %s', async ([labelSelector, names], { start }) => {
    const core = new CoreV1Api(await configurationOf(await start()));
    const { items } = await core.listPodForAllNamespaces({ labelSelector });
    expect(items.map(({ metadata }) => metadata?.name)).toEqual(names);
  });

  test('selects by fields that can be selected, and refuses others', async ({ start }) => {
    const core = new CoreV1Api(await configurationOf(await start()));
    const select = (fieldSelector: string) => core.listPodForAllNamespaces({ fieldSelector });
    expect((await select('metadata.name=web-1,status.phase!=Pending')).items).toHaveLength(1);
    expect((await select('status.phase!=Running')).items).toEqual([]);
    await expect(select('spec.containers=1')).rejects.toMatchObject(failure(400, 'field label not supported'));
    await expect(core.listPodForAllNamespaces({ labelSelector: 'a=(' })).resolves.toMatchObject({ items: [] });
    await expect(core.listPodForAllNamespaces({ labelSelector: '((' })).rejects.toMatchObject(
      failure(400, 'unable to parse'),
    );
  });

  test('serves an event in both of its API versions', async ({ start }) => {
    const configuration = await configurationOf(await start());
    const [core] = (await new CoreV1Api(configuration).listEventForAllNamespaces()).items;
    const [event] = (await new EventsV1Api(configuration).listEventForAllNamespaces()).items;
    expect(core).toMatchObject({
      involvedObject: { name: 'web-1' },
      count: 7,
      message: expect.stringContaining('Back-off'),
    });
    expect(event).toMatchObject({
      regarding: { name: 'web-1' },
      deprecatedCount: 7,
      note: core?.message,
      reportingController: '',
    });
  });

  test('knows TargetGroupBindings only where the cluster has some', async ({ start }) => {
    const coordinates = { group: 'elbv2.k8s.aws', version: 'v1beta1', resourcePlural: 'targetgroupbindings' };
    const without = new CustomObjectsApi(await configurationOf(await start()));
    await expect(without.listCustomObjectForAllNamespaces(coordinates)).rejects.toMatchObject({ code: 404 });

    const binding = {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata: metadata('web'),
      spec: {},
    };
    const withSome = new CustomObjectsApi(await configurationOf(await start(changed({ customResources: [binding] }))));
    await expect(withSome.listCustomObjectForAllNamespaces(coordinates)).resolves.toMatchObject({ items: [binding] });
  });

  test('gives logs, of this run and of the one before', async ({ start }) => {
    const core = new CoreV1Api(await configurationOf(await start()));
    const of = { namespace: 'shop', name: 'web-1' };
    expect(await core.readNamespacedPodLog({ ...of, tailLines: 2 })).toBe('two\nthree\n');
    expect(await core.readNamespacedPodLog({ ...of, previous: true, container: 'web' })).toBe('panic: out of luck\n');
    expect(await core.readNamespacedPodLog({ namespace: 'shop', name: 'web-2' })).toBe('');
    await expect(core.readNamespacedPodLog({ ...of, name: 'web-2', previous: true })).rejects.toMatchObject(
      failure(400, 'previous terminated container'),
    );
    await expect(core.readNamespacedPodLog({ ...of, container: 'sidecar' })).rejects.toMatchObject(
      failure(400, 'not valid'),
    );
  });

  test('refuses what the world forbids, and Secrets always', async ({ start }) => {
    const core = new CoreV1Api(
      await configurationOf(await start(changed({ forbidden: ['list pods', 'get pods/log'] }))),
    );
    await expect(core.listPodForAllNamespaces()).rejects.toMatchObject(failure(403, 'cannot list resource'));
    await expect(core.readNamespacedPodLog({ namespace: 'shop', name: 'web-1' })).rejects.toMatchObject(
      failure(403, 'pods/log'),
    );
    await expect(core.readNamespacedPod({ namespace: 'shop', name: 'web-1' })).resolves.toMatchObject({ kind: 'Pod' });
    await expect(core.listSecretForAllNamespaces()).rejects.toMatchObject(failure(403, 'secrets is forbidden'));
  });

  test('answers 401 to bad tokens, 404 to what is not there, and 405 to writes', async ({ start }) => {
    const lab = await start();
    const stranger = new CoreV1Api(await configurationOf(lab, await eksToken({ cluster: 'payments' })));
    await expect(stranger.listNode()).rejects.toMatchObject({ code: 401 });
    const core = new CoreV1Api(await configurationOf(lab));
    await expect(core.readNamespacedPod({ namespace: 'shop', name: 'gone' })).rejects.toMatchObject(
      failure(404, 'pods \\"gone\\" not found'),
    );
    await expect(core.listPersistentVolume()).rejects.toMatchObject(
      failure(404, 'could not find the requested resource'),
    );
    const body = { metadata: { name: 'web-1' } };
    await expect(core.createNamespacedPod({ namespace: 'shop', body })).rejects.toMatchObject(
      failure(405, 'MethodNotAllowed'),
    );
  });

  test('refuses connections to a cluster that is not reachable, until it is', async ({ start }) => {
    const lab = await start(changed({ reachable: false }));
    const core = new CoreV1Api(await configurationOf(lab));
    await expect(core.listNode()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await lab.apply(smallWorld());
    await expect(core.listNode()).resolves.toMatchObject({ items: [{}] });
  });

  test('presents certificates of an authority of its own for each cluster', async ({ start }) => {
    const lab = await start({ clusters: [cluster('a'), cluster('b')] });
    const [a, b] = lab.world.clusters;
    const crossed = a && b ? [{ ...a, cluster: { ...b.cluster, endpoint: a.cluster.endpoint } }] : [];
    const core = new CoreV1Api(await configurationOf({ ...lab, world: { ...lab.world, clusters: crossed } }));
    await expect(core.listNode()).rejects.toMatchObject({ cause: { code: expect.stringMatching(/CERT|SIGNATURE/) } });
  });

  test('follows the world when it changes, at the same address', async ({ start }) => {
    const lab = await start();
    const core = new CoreV1Api(await configurationOf(lab));
    const before = lab.world.clusters[0]?.cluster.endpoint;
    await lab.apply(smallWorld(changed({ objects: [pod('only')] })));
    expect(lab.world.clusters[0]?.cluster.endpoint).toBe(before);
    expect((await core.listPodForAllNamespaces()).items).toHaveLength(1);
  });

  test('does not start with an object of a kind that it cannot serve', async ({ start }) => {
    const customResources = [{ apiVersion: 'example.com/v1', kind: 'Widget', metadata: metadata('w'), spec: {} }];
    await expect(start(changed({ customResources }))).rejects.toThrow('example.com/v1 Widget');
  });
});
