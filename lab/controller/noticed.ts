import { objectsOf } from '../world/object.ts';
import type { WorldCluster } from '../world/world.ts';

/** Services, by `namespace/name`, that load balancing controllers look at now: to build them again, or only to see who is registered. */
export interface Noticed {
  services: ReadonlySet<string> | 'all';
  targets: ReadonlySet<string> | 'all';
}

export const everything: Noticed = { services: 'all', targets: 'all' };
export const nothing: Noticed = { services: new Set(), targets: new Set() };

/** These Services, as a whole. */
export const servicesOf = (names: string[]): Noticed => ({ services: new Set(names), targets: new Set(names) });

/** Both. */
export const together = (a: Noticed, b: Noticed): Noticed => ({
  services: union(a.services, b.services),
  targets: union(a.targets, b.targets),
});

const union = (a: Noticed['services'], b: Noticed['services']): Noticed['services'] =>
  a === 'all' || b === 'all' ? 'all' : new Set([...a, ...b]);

/** True for a Service that is among them. */
export const isAmong = (
  names: Noticed['services'],
  { namespace, name }: { namespace: string; name: string },
): boolean => names === 'all' || names.has(`${namespace}/${name}`);

/** Reasons of Events after which a controller tries again by itself. */
const failures = new Set([
  'FailedBuildModel',
  'FailedDeployModel',
  'FailedReconcile',
  'FailedNetworkReconcile',
  'SyncLoadBalancerFailed',
  'BackendNotFound',
]);

/** The Services for which the last attempt of a controller failed, so that it comes back to them. */
export function retried(cluster: WorldCluster): Noticed {
  const failed = objectsOf(cluster, 'Event').filter(({ reason }) => failures.has(reason));
  const bindings = objectsOf(cluster, 'TargetGroupBinding');
  const names = failed.map(({ involvedObject: { kind, namespace, name } }) => {
    const binding = bindings.find((each) => each.metadata.namespace === namespace && each.metadata.name === name);
    return `${namespace}/${kind === 'TargetGroupBinding' ? (binding?.spec.serviceRef.name ?? '') : name}`;
  });
  return servicesOf(names);
}
