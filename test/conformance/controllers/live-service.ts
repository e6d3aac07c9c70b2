import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../../../lab/world/kubernetes-object.ts';
import type { AdminClient } from '../kubernetes/admin-client.ts';
import type { LiveCluster } from './live-cluster.ts';

const collection = '/api/v1/namespaces/live/services';
/** How cloud-provider-aws reports that it is done with a Service (kubernetes/cloud-provider controllers/service). */
const outcomes = ['EnsuredLoadBalancer', 'SyncLoadBalancerFailed', 'UpdatedLoadBalancer', 'DeletedLoadBalancer'];

/** Makes the Service of the lab in the real API, or gives it the annotations and the `spec` of the lab's. */
export async function giveLive(admin: AdminClient, { metadata, spec }: Service): Promise<void> {
  const path = `${collection}/${metadata.name}`;
  const { clusterIP: _ip, clusterIPs: _ips, ...wanted } = spec;
  const there = await admin.call('GET', path);
  const { body, status } =
    there.status === 404
      ? await admin.call('POST', collection, {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: metadata.name, namespace: 'live', annotations: metadata.annotations },
          spec: wanted,
        })
      : await admin.call('PUT', path, {
          ...there.body,
          metadata: { ...there.body.metadata, annotations: metadata.annotations },
          spec: { ...wanted, clusterIP: there.body.spec.clusterIP, clusterIPs: there.body.spec.clusterIPs },
        });
  if (status >= 300) throw new Error(`Service ${metadata.name}: ${status} ${body.message}`);
}

/** Does it, and waits until the controller reports that it is done with the Service once more. */
export async function awaitController(
  { plane: { admin }, cloudProvider }: Pick<LiveCluster, 'plane' | 'cloudProvider'>,
  name: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const before = await turnsOf(admin, name);
  await work();
  const deadline = Date.now() + 60_000;
  while ((await turnsOf(admin, name)) <= before) {
    if (Date.now() > deadline)
      throw new Error(`nothing reported about Service ${name} for a minute: ${cloudProvider.words()}`);
    await sleep(100);
  }
}

/** Deletes the Service and waits until its finalizer is gone. */
export async function deleteLive(admin: AdminClient, name: string): Promise<void> {
  await admin.call('DELETE', `${collection}/${name}`);
  const deadline = Date.now() + 60_000;
  while ((await admin.call('GET', `${collection}/${name}`)).status !== 404) {
    if (Date.now() > deadline) throw new Error(`Service ${name} is still there after a minute`);
    await sleep(100);
  }
}

async function turnsOf(admin: AdminClient, name: string): Promise<number> {
  const { body } = await admin.call(
    'GET',
    `/api/v1/namespaces/live/events?fieldSelector=involvedObject.name%3D${name}`,
  );
  const events: { reason: string; count?: number }[] = body.items;
  return events.filter(({ reason }) => outcomes.includes(reason)).reduce((sum, { count = 1 }) => sum + count, 0);
}
