import type { Place } from './scenario.ts';
import type { World, WorldCluster } from './world.ts';

/** ARNs of the target groups of a Service, by its load balancer's tags. */
export const targetGroupArnsOf = (world: World, cluster: WorldCluster, { namespace, name }: Place): string[] =>
  world.targetGroups
    .filter(
      ({ tags }) =>
        [tags['service.k8s.aws/stack'], tags['kubernetes.io/service-name']].includes(`${namespace}/${name}`) &&
        (tags['elbv2.k8s.aws/cluster'] === cluster.cluster.name ||
          tags[`kubernetes.io/cluster/${cluster.cluster.name}`]),
    )
    .map(({ arn }) => arn);
