import type { Cluster, Target, TargetGroup } from './aws.ts';
import type { EndpointSlice, Node, Service, ServicePort } from './kubernetes.ts';
import type { Owner } from './owner.ts';

/** What a cluster has that may be registered, and what is. */
export interface Registered {
  cluster: Cluster;
  services: Service[];
  nodes: Node[];
  endpointSlices: EndpointSlice[];
  targetHealth: Target[];
}

/**
 * The owner of a target group that Terraform or a person fills: its targets are nodes of the cluster at the NodePort of exactly
 * one Service, or addresses of the endpoints of exactly one.
 */
export function ownerByTargets({ arn, targetType }: TargetGroup, claims: Registered): Owner | undefined {
  const targets = claims.targetHealth.filter(({ targetGroupArn }) => targetGroupArn === arn);
  const found = targetType === 'instance' ? byNodePort(targets, claims) : byEndpoints(targets, claims);
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const { service, port } = only;
  return {
    targetGroupArn: arn,
    cluster: claims.cluster.name,
    namespace: service.metadata.namespace ?? 'default',
    service: service.metadata.name,
    ...(port && { servicePort: String(port.port) }),
    controller: 'none',
    by: targetType === 'instance' ? 'node-port' : 'endpoints',
  };
}

interface Candidate {
  service: Service;
  port: ServicePort | undefined;
}

function byNodePort(targets: Target[], { services, nodes }: Registered): Candidate[] {
  const ports = new Set(
    targets.filter(({ id }) => nodes.some(({ spec }) => spec.providerID?.endsWith(`/${id}`))).map(({ port }) => port),
  );
  return services.flatMap((service) => {
    const port = service.spec.ports.find(({ nodePort }) => nodePort !== undefined && ports.has(nodePort));
    return port === undefined ? [] : [{ service, port }];
  });
}

function byEndpoints(targets: Target[], { services, endpointSlices }: Registered): Candidate[] {
  const isRegistered = ({ endpoints, ports }: EndpointSlice): boolean =>
    endpoints.some(({ addresses }) =>
      targets.some(({ id, port }) => addresses.includes(id) && ports.some((each) => each.port === port)),
    );
  const registered = endpointSlices.filter(isRegistered);
  return services.flatMap((service) => {
    const own = registered.filter(
      ({ metadata }) =>
        metadata.namespace === service.metadata.namespace &&
        metadata.labels['kubernetes.io/service-name'] === service.metadata.name,
    );
    const name = own[0]?.ports.find(({ port }) => targets.some((target) => target.port === port))?.name ?? '';
    const port = service.spec.ports.find((each) => (each.name ?? '') === name);
    return own.length === 0 ? [] : [{ service, port }];
  });
}
