import { scenario } from '../scenario.ts';
import { ingress, nodeSecurityGroup } from '../world/cluster.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** What the list of an older module version lets through among nodes; the port of these pods was never on it. */
const among = [53, 443, 8080, 9443, 10250];

export const nodeToNodeSgBlocksPodPort = scenario({
  id: 'node-to-node-sg-blocks-pod-port',
  title: 'Nodes without a pod pass health checks on to a port that nodes do not open to each other',
  arrange(world, cluster, place) {
    const group = nodeSecurityGroup(world, cluster);
    group.rules = [
      ...group.rules.filter(({ referencedGroupId }) => referencedGroupId !== group.id),
      ...among.map((port) =>
        ingress(`among nodes ${port}`, { fromPort: port, toPort: port, referencedGroupId: group.id }),
      ),
    ];
    addWorkload(world, cluster, { ...place, port: 3000, replicas: 1, nodes: [0] });
    addService(world, cluster, {
      ...place,
      ports: [{ name: 'http', port: 80, targetPort: 3000 }],
      healthCheck: { timeout: '2' },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'node-to-node-sg-blocks-pod-port',
    targets: { healthy: 1, unhealthy: 2 },
  },
});
