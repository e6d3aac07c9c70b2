import { scenario } from '../scenario.ts';
import type { KubernetesObject } from '../world/kubernetes-object.ts';
import { objectsOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Events of the last success have expired; the binding is unchanged since its checkpoint, so that the controller skips it. */
export const readyEndpointsNotRegistered = scenario({
  id: 'ready-endpoints-not-registered',
  title: 'Somebody deregistered all targets by hand, and the controller sees no reason to look again',
  unnoticed: true,
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, targetType: 'ip', healthCheck: { timeout: '2' } });
  },
  strike(world, cluster, place) {
    const arns = targetGroupArnsOf(world, cluster, place);
    world.registrations = (world.registrations ?? []).filter(({ targetGroupArn }) => !arns.includes(targetGroupArn));
    // What is said of other Services of the namespace is not as old.
    const bound = world.targetGroups.filter(({ arn }) => arns.includes(arn)).map(({ name }) => name);
    const expired: KubernetesObject[] = objectsOf(cluster, 'Event').filter(
      ({ involvedObject: { kind, namespace, name = '' } }) =>
        namespace === place.namespace && kind !== 'Pod' && [place.name, ...bound].includes(name),
    );
    cluster.objects = cluster.objects.filter((object) => !expired.includes(object));
  },
  expect: { verdict: 'unhealthy', cause: 'ready-endpoints-not-registered', targets: {} },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
  },
});
