import type { ServicePort } from '../../core/model/kubernetes.ts';
import { recordEvent } from '../world/event.ts';
import { minute } from '../world/moment.ts';
import { objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';
import { writeBindingRules } from './node-rules.ts';
import { isAmong, type Noticed } from './noticed.ts';
import { fillTargetGroup, isDue } from './registrations.ts';
import { isOwnBinding } from './target-group-binding.ts';

/**
 * Serves the TargetGroupBindings that a person wrote. A binding whose Service or port is not there loses all its targets
 * (aws-load-balancer-controller pkg/targetgroupbinding/resource_manager.go, Cleanup).
 */
export function reconcileOwnBindings(world: World, cluster: WorldCluster, { services, targets }: Noticed): void {
  for (const binding of objectsOf(cluster, 'TargetGroupBinding').filter(isOwnBinding)) {
    const { serviceRef, targetGroupARN } = binding.spec;
    const { namespace } = binding.metadata;
    const place = { namespace, name: serviceRef.name };
    if (!isAmong(services, place) && !isAmong(targets, place)) continue;
    const targetGroup = world.targetGroups.find(({ arn }) => arn === targetGroupARN);
    if (targetGroup === undefined) continue;
    const service = objectsOf(cluster, 'Service').find(
      ({ metadata }) => metadata.namespace === namespace && metadata.name === serviceRef.name,
    );
    const port: ServicePort | undefined = service?.spec.ports.find((each: ServicePort) =>
      typeof serviceRef.port === 'number' ? each.port === serviceRef.port : each.name === serviceRef.port,
    );
    if (service !== undefined && port !== undefined) {
      if (isDue(world, cluster, { service, port, targetGroup })) writeBindingRules(world, cluster, binding);
      fillTargetGroup(world, cluster, { service, port, targetGroup });
      continue;
    }
    const missing =
      service === undefined
        ? `Service "${serviceRef.name}" not found`
        : `unable to find port ${serviceRef.port} on service ${namespace}/${serviceRef.name}`;
    recordEvent(world, cluster, {
      about: binding,
      type: 'Warning',
      reason: 'BackendNotFound',
      message: `backend not found: ${missing}`,
      component: 'targetGroupBinding',
      ageSeconds: minute,
      lastingSeconds: 14 * minute,
      count: 12,
    });
    world.registrations = (world.registrations ?? []).filter(({ targetGroupArn }) => targetGroupArn !== targetGroupARN);
  }
}
