import type { SecurityGroup } from '../../core/model/aws.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** An audit of security groups closed what had no ticket. */
export const nlbSgBlocksClients = scenario({
  id: 'nlb-sg-blocks-clients',
  title: 'Somebody removed the inbound rules of the load balancer: all targets are healthy, and no client gets through',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, place);
  },
  strike(world, _cluster, { namespace, name }) {
    const isConcerned = ({ tags }: SecurityGroup): boolean => tags['service.k8s.aws/stack'] === `${namespace}/${name}`;
    for (const group of world.securityGroups.filter(isConcerned))
      group.rules = group.rules.filter(({ egress }) => egress);
  },
  expect: { verdict: 'unserved', cause: 'nlb-sg-blocks-clients', targets: { healthy: 3 } },
});
