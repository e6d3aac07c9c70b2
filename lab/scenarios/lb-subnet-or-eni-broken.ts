import { scenario } from '../scenario.ts';
import { privateSubnets } from '../world/account.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';
import { targetGroupArnsOf } from '../world/target-groups-of.ts';

/** Pods and load balancer are in one zone alone. */
export const lbSubnetOrEniBroken = scenario({
  id: 'lb-subnet-or-eni-broken',
  title: 'The load balancer has lost its network interface in the only zone that it uses',
  arrange(world, cluster, place) {
    const [subnet] = privateSubnets(world);
    addWorkload(world, cluster, { ...place, replicas: 2, nodes: [0] });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { timeout: '2' },
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-subnets': subnet?.id ?? '' },
    });
  },
  strike(world, cluster, place) {
    const arns = targetGroupArnsOf(world, cluster, place);
    const used = world.targetGroups.filter(({ arn }) => arns.includes(arn)).flatMap((group) => group.loadBalancerArns);
    const own = used.map((arn) => `ELB ${arn.split(':loadbalancer/')[1]}`);
    world.networkInterfaces = world.networkInterfaces.filter(({ description }) => !own.includes(description));
  },
  expect: { verdict: 'unhealthy', cause: 'lb-subnet-or-eni-broken', targets: { unhealthy: 2 } },
});
