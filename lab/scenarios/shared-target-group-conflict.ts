import { bindTargetGroup } from '../controller/target-group-binding.ts';
import { scenario } from '../scenario.ts';
import { addCluster, clusterOf } from '../world/cluster.ts';
import { before } from '../world/moment.ts';
import { instanceIdOf } from '../world/network/node.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

const green = 'shop-green';

/**
 * The Service moves to a new cluster, which binds the target group of the old one. A minute ago its controller registered
 * its nodes and deregistered those that it did not know.
 */
export const sharedTargetGroupConflict = scenario({
  id: 'shared-target-group-conflict',
  title: 'Two clusters bind the same target group, and each deregisters the nodes of the other',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, healthCheck: { timeout: '2' } });
    const other = addCluster(world, { name: green });
    addWorkload(world, other, place);
    const service = addService(world, other, place);
    service.spec.type = 'NodePort';
    delete service.spec.loadBalancerClass;
    delete service.metadata.finalizers;
    service.metadata.annotations = {};
  },
  strike(world, cluster, place) {
    const other = clusterOf(world, green);
    const service = objectOf(other, 'Service', place);
    const port = service.spec.ports[0];
    const targetGroup = world.targetGroups.find(({ arn }) => targetGroupArnsOf(world, cluster, place).includes(arn));
    const own = objectsOf(cluster, 'TargetGroupBinding').find(({ spec }) => spec.targetGroupARN === targetGroup?.arn);
    const sources = own?.spec.networking?.ingress.map(({ from }) => from);
    if (targetGroup === undefined || sources === undefined) throw new Error('no target group to share');
    bindTargetGroup(world, other, { service, port, targetGroup, sources });
    // A person wrote this one: it lacks the labels of the controller.
    for (const binding of objectsOf(other, 'TargetGroupBinding')) {
      if (binding.spec.targetGroupARN === targetGroup.arn) binding.metadata.labels = {};
    }
    for (const registration of world.registrations ?? []) {
      if (registration.targetGroupArn === targetGroup.arn) registration.deregisteredAt = before(world.now, 60);
    }
    for (const node of objectsOf(other, 'Node')) {
      world.registrations?.push({
        targetGroupArn: targetGroup.arn,
        id: instanceIdOf(node),
        port: port.nodePort ?? 0,
        registeredAt: before(world.now, 60),
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
