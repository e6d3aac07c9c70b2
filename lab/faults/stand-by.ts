import { copyOf } from '../copy.ts';
import type { Place } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { hash, uid } from '../world/identifier.ts';
import { put } from '../world/object.ts';
import { addOwnTargetGroup, admittingTo } from '../world/own-target-group.ts';
import type { World, WorldCluster } from '../world/world.ts';

/**
 * Adds a load balancer of somebody's own with two target groups at one listener, bound to two Services: all traffic goes
 * to `blue`, and `green` waits with weight 0 (elasticloadbalancing/latest/network, weighted target groups).
 */
export function standBy(world: World, cluster: WorldCluster, { blue, green }: { blue: Place; green: Place }): void {
  for (const place of [blue, green]) {
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  }
  const binding = addOwnTargetGroup(world, cluster, {
    place: blue,
    servicePort: 80,
    targetType: 'ip',
    port: 8080,
    listenerPort: 80,
    networking: admittingTo(8080),
  });
  const serving = world.targetGroups.find(({ arn }) => arn === binding.spec.targetGroupARN);
  if (serving === undefined) throw new Error('the target group of the binding is missing');
  const name = `${green.namespace}-${green.name}-nlb`;
  const waiting = {
    ...copyOf(serving),
    name,
    arn: serving.arn.replace(/targetgroup\/.*$/, `targetgroup/${name}/${hash(`waiting target group ${name}`, 16)}`),
  };
  world.targetGroups.push(waiting);
  for (const listener of world.listeners) {
    if (!listener.forwards.some(({ targetGroupArn }) => targetGroupArn === serving.arn)) continue;
    listener.forwards = [
      { targetGroupArn: serving.arn, weight: 100 },
      { targetGroupArn: waiting.arn, weight: 0 },
    ];
  }
  put(cluster, {
    ...copyOf(binding),
    metadata: { ...copyOf(binding.metadata), namespace: green.namespace, name: green.name, uid: uid(name) },
    spec: {
      ...copyOf(binding.spec),
      serviceRef: { name: green.name, port: 80 },
      targetGroupARN: waiting.arn,
    },
  });
}
