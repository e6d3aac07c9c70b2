import type { Controller, Owner } from './owner.ts';

type Tags = Record<string, string>;

/** What tags say of the owner. */
export type Said = Pick<Owner, 'cluster' | 'namespace' | 'service' | 'servicePort' | 'controller'>;

/** Of the Gateway API the stack is a Gateway; its resource ends in the Service behind a route and that Service's port. */
const gatewayStack = 'gateway.k8s.aws.nlb/stack';
const gatewayResource = 'gateway.k8s.aws.nlb/resource';

const conventions: { cluster: string; stack: string; resource: string; controller: Controller }[] = [
  {
    cluster: 'elbv2.k8s.aws/cluster',
    stack: 'service.k8s.aws/stack',
    resource: 'service.k8s.aws/resource',
    controller: 'aws-load-balancer-controller',
  },
  {
    cluster: 'elbv2.k8s.aws/cluster',
    stack: gatewayStack,
    resource: gatewayResource,
    controller: 'aws-load-balancer-controller-gateway',
  },
  {
    cluster: 'elbv2.k8s.aws/cluster',
    stack: 'ingress.k8s.aws/stack',
    resource: 'ingress.k8s.aws/resource',
    controller: 'aws-load-balancer-controller',
  },
  {
    cluster: 'eks:eks-cluster-name',
    stack: 'service.eks.amazonaws.com/stack',
    resource: 'service.eks.amazonaws.com/resource',
    controller: 'eks-auto-mode',
  },
];

/**
 * Reads the tags that a controller put on a load balancer or target group (aws-load-balancer-controller
 * pkg/deploy/tracking, cloud-provider-aws pkg/providers/v1/tags.go; those of EKS Auto Mode are seen in public use only).
 */
export function readTags(tags: Tags): Said | undefined {
  for (const { cluster, stack, resource, controller } of conventions) {
    const name = tags[cluster];
    const [namespace, service] = tags[stack]?.split('/') ?? [];
    if (name === undefined || namespace === undefined || service === undefined) continue;
    const servicePort = tags[resource]?.split(':')[1];
    return { cluster: name, namespace, service, ...(servicePort && { servicePort }), controller };
  }
  return readCloudProviderTags(tags);
}

function readCloudProviderTags(tags: Tags): Said | undefined {
  const prefix = 'kubernetes.io/cluster/';
  const [namespace, service] = tags['kubernetes.io/service-name']?.split('/') ?? [];
  const key = Object.keys(tags).find((tag) => tag.startsWith(prefix));
  if (key === undefined || namespace === undefined || service === undefined) return undefined;
  return { cluster: key.slice(prefix.length), namespace, service, controller: 'cloud-provider-aws' };
}

/** `namespace/name` of the Gateway that a target group was made for. */
export const gatewayOfTags = (tags: Tags): string | undefined => tags[gatewayStack];

/** The cluster that tags of a load balancer or target group name, whichever controller wrote them. */
export const clusterOfTags = (tags: Tags): string | undefined => readTags(tags)?.cluster;
