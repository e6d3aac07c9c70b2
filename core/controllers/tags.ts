import type { Controller, Owner } from '../model/owner.ts';

type Tags = Record<string, string>;

/** What tags say of the owner. */
export type TaggedOwner = Pick<Owner, 'cluster' | 'namespace' | 'service' | 'servicePort' | 'controller'>;

/** With the Gateway API the stack is a Gateway, whatever Service is behind it. */
const gatewayStack = 'gateway.k8s.aws.nlb/stack';

const conventions: { cluster: string; stack: string; resource?: string; controller: Controller }[] = [
  {
    cluster: 'elbv2.k8s.aws/cluster',
    stack: 'service.k8s.aws/stack',
    resource: 'service.k8s.aws/resource',
    controller: 'aws-load-balancer-controller',
  },
  {
    cluster: 'elbv2.k8s.aws/cluster',
    stack: gatewayStack,
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
export function readTags(tags: Tags): TaggedOwner | undefined {
  for (const { cluster, stack, resource, controller } of conventions) {
    const name = tags[cluster];
    const [namespace, service] = tags[stack]?.split('/') ?? [];
    if (name === undefined || namespace === undefined || service === undefined) continue;
    const servicePort = resource && tags[resource]?.split(':')[1];
    return { cluster: name, namespace, service, ...(servicePort && { servicePort }), controller };
  }
  return readCloudProviderTags(tags);
}

function readCloudProviderTags(tags: Tags): TaggedOwner | undefined {
  const prefix = 'kubernetes.io/cluster/';
  const [namespace, service] = tags['kubernetes.io/service-name']?.split('/') ?? [];
  const key = Object.keys(tags).find((tag) => tag.startsWith(prefix));
  if (key === undefined || namespace === undefined || service === undefined) return undefined;
  return { cluster: key.slice(prefix.length), namespace, service, controller: 'cloud-provider-aws' };
}

/** `namespace/name` of the Gateway that a target group was made for. */
export const gatewayOfTags = (tags: Tags): string | undefined => tags[gatewayStack];

/** What a target group made for a route of the Gateway API serves: a Service, and the `targetPort` of one of its ports. */
export interface Backend {
  /** Ends in `-<namespace>-<name>`. */
  service: string;
  targetPort: string;
}

/** Read from `gateway:route:kind-service:port`, each name with its namespace (LBC:pkg/gateway/model/model_build_target_group.go). */
export function backendOfTags(tags: Tags): Backend | undefined {
  const [, , service, targetPort] = tags['gateway.k8s.aws.nlb/resource']?.split(':') ?? [];
  return service === undefined || targetPort === undefined ? undefined : { service, targetPort };
}

/** A route of the Gateway API: its kind, and `<namespace>-<name>`. */
export interface Route {
  kind: string;
  namespacedName: string;
}

/** The route that a target group was made for, from the same tag. */
export function routeOfTags(tags: Tags): Route | undefined {
  const [, namespacedName, service] = tags['gateway.k8s.aws.nlb/resource']?.split(':') ?? [];
  const [kind] = service?.split('-') ?? [];
  return namespacedName === undefined || kind === undefined ? undefined : { kind, namespacedName };
}

/** The cluster that tags of a load balancer or target group name, whichever controller wrote them. */
export const clusterOfTags = (tags: Tags): string | undefined => readTags(tags)?.cluster;
