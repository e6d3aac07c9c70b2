import { addTwin } from '../faults/scale.ts';
import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { objectOf } from '../world/object.ts';
import { addUnboundTargetGroup, admitFrom, registerByHand } from '../world/own-target-group.ts';
import { podAddress, removePod } from '../world/pod/pod.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';

/** One pod has kept its address; the others have come again elsewhere, and nothing registers them. */
export const registrationUnmanaged = scenario({
  id: 'registration-unmanaged',
  title: 'Terraform registered the addresses of pods, and two of the pods have moved',
  arrange(world, cluster, place) {
    const deployment = addWorkload(world, cluster, place);
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    const { targetGroupArn, securityGroupId } = addUnboundTargetGroup(world, cluster, {
      place,
      servicePort: 80,
      targetType: 'ip',
      port: 8080,
      listenerPort: 80,
    });
    admitFrom(world, cluster, { securityGroupId, port: 8080 });
    registerByHand(
      world,
      targetGroupArn,
      podsOf(cluster, deployment).map((pod) => ({ id: podAddress(pod), port: 8080 })),
    );
  },
  strike(world, cluster, place) {
    const deployment = objectOf(cluster, 'Deployment', place);
    const [, ...moved] = podsOf(cluster, deployment);
    for (const index of moved.keys()) addTwin(world, cluster, { deployment, index: 3 + index, ageSeconds: 1800 });
    for (const pod of moved) removePod(world, cluster, pod);
  },
  expect: { verdict: 'unhealthy', cause: 'registration-unmanaged', targets: { healthy: 1, unhealthy: 2 } },
});
