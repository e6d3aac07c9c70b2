import { scenario } from '../scenario.ts';
import { addClusterIpService } from '../world/cluster-ip-service.ts';
import { objectOf } from '../world/object.ts';
import { addOwnTargetGroup, admittingTo } from '../world/own-target-group.ts';
import { addWorkload } from '../world/pod/workload.ts';

/** The controller takes the missing port for the end of the backend, and removes every target. */
export const tgbBackendReferenceBroken = scenario({
  id: 'tgb-backend-reference-broken',
  title: 'The Service was made anew with another port name, the hand-made binding still asks for the old one',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addClusterIpService(world, cluster, { ...place, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
    addOwnTargetGroup(world, cluster, {
      place,
      servicePort: 'http',
      targetType: 'ip',
      port: 8080,
      listenerPort: 80,
      networking: admittingTo(8080),
    });
  },
  strike(_world, cluster, place) {
    objectOf(cluster, 'Service', place).spec.ports[0].name = 'web';
  },
  expect: { verdict: 'unhealthy', cause: 'tgb-backend-reference-broken', targets: {} },
});
