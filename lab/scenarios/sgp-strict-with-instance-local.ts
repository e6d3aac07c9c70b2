import { scenario } from '../scenario.ts';
import { addPodSecurityGroup, giveBranchInterface } from '../world/network/branch-interface.ts';
import { setCni } from '../world/network/vpc-cni.ts';
import { addWorkload, podsOf } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The database asks for pods with a security group of their own; the Service wants the clients' addresses. */
export const sgpStrictWithInstanceLocal = scenario({
  id: 'sgp-strict-with-instance-local',
  title: 'Nodes under Local hand connections to pods with branch interfaces in strict mode',
  arrange(world, cluster, place) {
    setCni(cluster, { ENABLE_POD_ENI: 'true', POD_SECURITY_GROUP_ENFORCING_MODE: 'strict' });
    const deployment = addWorkload(world, cluster, place);
    const group = addPodSecurityGroup(world, cluster, { name: 'orders-checkout-pods' });
    for (const pod of podsOf(cluster, deployment)) giveBranchInterface(world, pod, [group.id]);
    addService(world, cluster, {
      ...place,
      externalTrafficPolicy: 'Local',
      healthCheck: { protocol: 'tcp', port: 'traffic-port', timeout: '2' },
    });
  },
  expect: { verdict: 'unhealthy', cause: 'sgp-strict-with-instance-local', targets: { unhealthy: 3 } },
});
