import type { Place } from '../scenario.ts';
import { objectsOf } from './object.ts';
import type { World, WorldCluster } from './world.ts';

/** ARNs of the target groups of a Service, by the tags of its controller, by a binding, or by the name that Terraform gave them. */
export function targetGroupArnsOf(world: World, cluster: WorldCluster, { namespace, name }: Place): string[] {
  const stacks = [
    'service.k8s.aws/stack',
    'ingress.k8s.aws/stack',
    'service.eks.amazonaws.com/stack',
    'kubernetes.io/service-name',
  ];
  const bound = objectsOf(cluster, 'TargetGroupBinding')
    .filter(({ metadata, spec }) => metadata.namespace === namespace && spec.serviceRef.name === name)
    .map(({ spec }) => spec.targetGroupARN);
  return world.targetGroups
    .filter(
      ({ arn, tags, name: own }) =>
        bound.includes(arn) ||
        (tags['managed-by'] === 'terraform' && own === `${namespace}-${name}-nlb`) ||
        (stacks.some((key) => tags[key] === `${namespace}/${name}`) &&
          (tags['elbv2.k8s.aws/cluster'] === cluster.cluster.name ||
            tags['eks:eks-cluster-name'] === cluster.cluster.name ||
            tags[`kubernetes.io/cluster/${cluster.cluster.name}`])),
    )
    .map(({ arn }) => arn);
}
