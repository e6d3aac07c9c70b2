import { before, day } from './moment.ts';
import { metadata, objectsOf, put } from './object.ts';
import type { World, WorldCluster } from './world.ts';

/** Seconds that leadership of the AWS Load Balancer Controller lasts without renewal (client-go leaderelection). */
const leaseDurationSeconds = 15;

/** Adds the Lease by which one replica of the AWS Load Balancer Controller leads, and renews it every two seconds. */
export function addLeaderLease(world: World, cluster: WorldCluster, holder: string): void {
  put(cluster, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: metadata(world, cluster, {
      kind: 'Lease',
      namespace: 'kube-system',
      name: 'aws-load-balancer-controller-leader',
      ageSeconds: 19 * day,
    }),
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds,
      acquireTime: microTime(before(world.now, 19 * day)),
      renewTime: microTime(before(world.now, 2)),
      leaseTransitions: 0,
    },
  });
}

/** What the leading replica does as long as it lives. */
export function renewLease(world: World, cluster: WorldCluster): void {
  for (const lease of objectsOf(cluster, 'Lease')) lease.spec.renewTime = microTime(before(world.now, 2));
}

/** The leader stopped renewing its Lease when it ended. */
export function abandonLease(world: World, cluster: WorldCluster, ageSeconds: number): void {
  for (const lease of objectsOf(cluster, 'Lease')) lease.spec.renewTime = microTime(before(world.now, ageSeconds));
}

const microTime = (moment: string): string => moment.replace('Z', '.000000Z');
