import { writeBindingRules } from '../controller/node-rules.ts';
import { copyOf } from '../copy.ts';
import { scenario } from '../scenario.ts';
import { addCluster, clusterOf } from '../world/cluster.ts';
import { before, minute } from '../world/moment.ts';
import { instanceIdOf } from '../world/network/node.ts';
import { metadata, objectOf, objectsOf, put } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

const green = 'shop-green';

/**
 * The Service moves to a new cluster, where a person has bound the target group of the old one too. A minute ago the controller there
 * registered its nodes and deregistered those that it did not know.
 */
export const sharedTargetGroupConflict = scenario({
  id: 'shared-target-group-conflict',
  title: 'Two clusters bind the same target group, and each deregisters the nodes of the other',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    const { spec } = addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
    const other = addCluster(world, { name: green });
    addWorkload(world, other, place);
    const { healthCheckNodePort } = spec;
    addService(world, other, {
      ...place,
      healthCheck: { timeout: '2' },
      ...(healthCheckNodePort !== undefined && { healthCheckNodePort }),
    });
  },
  strike(world, cluster, place) {
    const other = clusterOf(world, green);
    const [port] = objectOf(other, 'Service', place).spec.ports;
    const targetGroup = world.targetGroups.find(({ arn }) => targetGroupArnsOf(world, cluster, place).includes(arn));
    const own = objectsOf(cluster, 'TargetGroupBinding').find(({ spec }) => spec.targetGroupARN === targetGroup?.arn);
    if (targetGroup === undefined || own === undefined || port?.nodePort === undefined)
      throw new Error('no target group to share');
    const checked = own.spec.networking?.ingress[0]?.ports.slice(1) ?? [];
    const binding = put(other, {
      ...copyOf(own),
      metadata: metadata(world, other, {
        kind: 'TargetGroupBinding',
        namespace: place.namespace,
        name: `${place.name}-blue`,
        ageSeconds: 2 * minute,
      }),
    });
    for (const rule of binding.spec.networking?.ingress ?? [])
      rule.ports = [{ port: port.nodePort, protocol: 'TCP' }, ...checked];
    writeBindingRules(world, other, binding);
    for (const registration of world.registrations ?? []) {
      if (registration.targetGroupArn === targetGroup.arn) registration.deregisteredAt = before(world.now, minute);
    }
    for (const node of objectsOf(other, 'Node')) {
      world.registrations?.push({
        targetGroupArn: targetGroup.arn,
        id: instanceIdOf(node),
        port: port.nodePort,
        registeredAt: before(world.now, minute),
      });
    }
  },
  unnoticed: true,
  expect: {
    verdict: 'unhealthy',
    cause: 'shared-target-group-conflict',
    mechanisms: ['stale-targets-not-deregistered'],
    targets: { draining: 3, initial: 3 },
  },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
