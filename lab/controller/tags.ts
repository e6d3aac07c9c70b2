import type { KubernetesObject, WorldCluster } from '../world.ts';
import { controllerOf } from './controller-of.ts';

/**
 * The tags that tell whose resource it is (aws-load-balancer-controller pkg/deploy/tracking; cloud-provider-aws
 * pkg/providers/v1/tags.go). `resource` is LBC's id of the resource inside the Service's stack.
 */
export function tagsOf({ cluster }: WorldCluster, service: KubernetesObject, resource: string): Record<string, string> {
  const { namespace, name } = service['metadata'];
  return controllerOf(service) === 'lbc'
    ? {
        'elbv2.k8s.aws/cluster': cluster.name,
        'service.k8s.aws/resource': resource,
        'service.k8s.aws/stack': `${namespace}/${name}`,
      }
    : {
        [`kubernetes.io/cluster/${cluster.name}`]: 'owned',
        'kubernetes.io/service-name': `${namespace}/${name}`,
      };
}
