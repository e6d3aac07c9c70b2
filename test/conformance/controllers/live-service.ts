import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../../../lab/world/kubernetes-object.ts';
import type { AdminClient } from '../kubernetes/admin-client.ts';
import type { Program } from '../kubernetes/program.ts';

const collection = '/api/v1/namespaces/live/services';
/** How cloud-provider-aws reports that it is done with a Service (kubernetes/cloud-provider controllers/service). */
const outcomes = ['EnsuredLoadBalancer', 'SyncLoadBalancerFailed', 'UpdatedLoadBalancer'];
/** Milliseconds that a controller has for a Service, on a machine that does other things too. */
const patience = 90_000;

/** Makes the Service of the lab in the real API, or gives it the annotations and the `spec` of the lab's. */
export async function giveLive(admin: AdminClient, { metadata, spec }: Service): Promise<void> {
  const path = `${collection}/${metadata.name}`;
  const { clusterIP: _ip, clusterIPs: _ips, ...wanted } = spec;
  for (;;) {
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
    // 409: the controller wrote its status in between.
    if (status === 409) continue;
    if (status >= 300) throw new Error(`Service ${metadata.name}: ${status} ${body.message}`);
    return;
  }
}

/** Does it, and waits until cloud-provider-aws has reported once more that it is done with the Service, and written its address. */
export const awaitReport =
  (admin: AdminClient, cloudProvider: Program) =>
  async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const before = await reportsOn(admin, name);
    await work();
    const deadline = Date.now() + patience;
    for (;;) {
      const { uid, count, hasSucceeded, hasAddress } = await reportsOn(admin, name);
      const isNew = count > (uid === before.uid ? before.count : 0);
      if (isNew && (hasAddress || !hasSucceeded)) return;
      if (Date.now() > deadline) throw new Error(`nothing reported about Service ${name}: ${cloudProvider.words()}`);
      await sleep(100);
    }
  };

/** Deletes the Service and waits until its finalizer is gone. */
export async function deleteLive(admin: AdminClient, name: string): Promise<void> {
  await admin.call('DELETE', `${collection}/${name}`);
  const deadline = Date.now() + patience;
  while ((await admin.call('GET', `${collection}/${name}`)).status !== 404) {
    if (Date.now() > deadline) throw new Error(`Service ${name} is still there`);
    await sleep(100);
  }
}

interface Reports {
  uid: string | undefined;
  /** How often the controller was done with the Service. */
  count: number;
  hasSucceeded: boolean;
  hasAddress: boolean;
}

/** Events of an earlier Service of that name are of another `uid`. */
async function reportsOn(admin: AdminClient, name: string): Promise<Reports> {
  const [{ body: service }, { body: events }] = await Promise.all([
    admin.call('GET', `${collection}/${name}`),
    admin.call('GET', `/api/v1/namespaces/live/events?fieldSelector=involvedObject.name%3D${name}`),
  ]);
  const uid: string | undefined = service.metadata?.uid;
  const own: { reason: string; count?: number }[] = events.items.filter(
    ({ reason, involvedObject }: { reason: string; involvedObject: { uid: string } }) =>
      involvedObject.uid === uid && outcomes.includes(reason),
  );
  return {
    uid,
    count: own.reduce((sum, { count = 1 }) => sum + count, 0),
    hasSucceeded: own.some(({ reason }) => reason !== 'SyncLoadBalancerFailed'),
    hasAddress: service.status?.loadBalancer?.ingress !== undefined,
  };
}
