import { scenario } from '../scenario.ts';
import { addHybridNode, addRouteTo, networkOutside, runOn } from '../world/network/outside-vpc.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The pods run in the office, on a machine that joined by EKS Hybrid Nodes; the way there is a transit gateway. */
export const ipTargetUnroutableOrOutsideVpc = scenario({
  id: 'ip-target-unroutable-or-outside-vpc',
  title: 'The route to the pods outside the VPC was taken out of the route table',
  arrange(world, cluster, place) {
    const block = networkOutside(world);
    addRouteTo(world, block);
    const node = addHybridNode(world, cluster, `${world.network}.200.5`);
    const deployment = addWorkload(world, cluster, { ...place, replicas: 2, nodes: [0, 1] });
    for (const [index, pod] of podsOf(cluster, deployment).entries()) runOn(world, node, pod, { block, index });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world) {
    for (const table of world.routeTables) {
      table.routes = table.routes.filter(({ target }) => !target.startsWith('tgw-'));
    }
  },
  expect: { verdict: 'unhealthy', cause: 'ip-target-unroutable-or-outside-vpc', targets: { unhealthy: 2 } },
});
