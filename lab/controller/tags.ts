import type { Service } from '../world/kubernetes-object.ts';
import type { WorldCluster } from '../world/world.ts';
import { pairsIn } from './annotations/pairs.ts';
import { controllerOf } from './controller-of.ts';
import { clusterNameOfController } from './flags.ts';

/**
 * The tags that tell whose resource it is (aws-load-balancer-controller pkg/deploy/tracking; cloud-provider-aws
 * pkg/providers/v1/tags.go; those of EKS Auto Mode as seen in public repositories). `resource` is LBC's id of the resource inside the Service's stack.
 */
export const tagsOf = (own: WorldCluster, service: Service, resource: string): Record<string, string> => ({
  ...ownershipTagsOf(own, service, resource),
  ...(controllerOf(service) !== 'auto' && pairsIn(service, 'additional-resource-tags')),
});

/** The tags by which the controller finds its own again. */
export function ownershipTagsOf(own: WorldCluster, service: Service, resource: string): Record<string, string> {
  const { cluster } = own;
  const { namespace, name } = service.metadata;
  switch (controllerOf(service)) {
    case 'lbc':
      return {
        'elbv2.k8s.aws/cluster': clusterNameOfController(own),
        'service.k8s.aws/resource': resource,
        'service.k8s.aws/stack': `${namespace}/${name}`,
      };
    case 'auto':
      return {
        'eks:eks-cluster-name': cluster.name,
        'service.eks.amazonaws.com/resource': resource,
        'service.eks.amazonaws.com/stack': `${namespace}/${name}`,
      };
    default:
      return {
        [`kubernetes.io/cluster/${cluster.name}`]: 'owned',
        'kubernetes.io/service-name': `${namespace}/${name}`,
      };
  }
}
