import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The node group is called general. */
export const targetNodeLabelsSelectNothing = scenario({
  id: 'target-node-labels-select-nothing',
  title: 'The Service asks for nodes of a group that does not exist',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      healthCheck: { timeout: '2' },
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-target-node-labels': 'eks.amazonaws.com/nodegroup=generel',
      },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'target-node-labels-select-nothing', targets: {} },
});
