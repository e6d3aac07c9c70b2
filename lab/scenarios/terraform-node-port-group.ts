import { crash } from '../faults/crash.ts';
import { addEarlierRevision } from '../faults/earlier-revision.ts';
import { scenario } from '../scenario.ts';
import { addNodePortService } from '../world/cluster-ip-service.ts';
import { hasInstance, instanceIdOf } from '../world/network/node.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import { addUnboundTargetGroup, admitFrom, registerByHand } from '../world/own-target-group.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';

/** No tag and no binding names the Service: only the NodePort at which the nodes are registered. */
export const terraformNodePortGroup = scenario({
  id: 'terraform-node-port-group',
  title: 'Terraform registered the nodes at the NodePort of a Service, and its pods crash',
  arrange(world, cluster, place) {
    const port = 30600;
    addWorkload(world, cluster, place);
    addEarlierRevision(world, cluster, place);
    addNodePortService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: port }],
    });
    const { targetGroupArn, securityGroupId } = addUnboundTargetGroup(world, cluster, {
      place,
      servicePort: 80,
      targetType: 'instance',
      port,
      listenerPort: 80,
    });
    admitFrom(world, cluster, { securityGroupId, port });
    const instances = objectsOf(cluster, 'Node').filter(hasInstance);
    registerByHand(
      world,
      targetGroupArn,
      instances.map((node) => ({ id: instanceIdOf(node), port })),
    );
  },
  strike(world, cluster, place) {
    for (const pod of podsOf(cluster, objectOf(cluster, 'Deployment', place))) {
      crash(world, cluster, { pod, reason: 'Error', exitCode: 1, log: ['fatal: no configuration'] });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'pod-crashloop', targets: { unhealthy: 3 } },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
