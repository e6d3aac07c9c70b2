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

interface Candidate {
  service: Service;
  port: ServicePort | undefined;
}

/**
 * Finds the owner of a target group that Terraform or a person fills: its targets are nodes of the cluster at the NodePort of
 * exactly one Service, or addresses of the endpoints of exactly one. What is searched is indexed once for all groups.
 */
export function ownersByTargets({ cluster, ...claims }: Registered): (targetGroup: TargetGroup) => Owner | undefined {
  const targetsOf = Map.groupBy(claims.targetHealth, ({ targetGroupArn }) => targetGroupArn);
  const instances = new Set(claims.nodes.flatMap(({ spec }) => spec.providerID?.split('/').at(-1) ?? []));
  const atNodePort = Map.groupBy(claims.services.flatMap(nodePortsOf), ({ port }) => port?.nodePort);
  const atEndpoint = endpointsOf(claims);

  return ({ arn, targetType }) => {
    const candidates = (targetsOf.get(arn) ?? []).flatMap(({ id, port }) => {
      if (targetType === 'instance') return instances.has(id) ? (atNodePort.get(port) ?? []) : [];
      return atEndpoint.get(`${id}:${port}`) ?? [];
    });
    const [first] = candidates;
    if (first === undefined || candidates.some(({ service }) => service !== first.service)) return undefined;
    return {
      targetGroupArn: arn,
      cluster: cluster.name,
      namespace: first.service.metadata.namespace ?? 'default',
      service: first.service.metadata.name,
      ...(first.port && { servicePort: String(first.port.port) }),
      controller: 'none',
      by: targetType === 'instance' ? 'node-port' : 'endpoints',
    };
  };
}

const nodePortsOf = (service: Service): Candidate[] =>
  service.spec.ports.filter(({ nodePort }) => nodePort !== undefined).map((port) => ({ service, port }));

/** By `address:port`. */
function endpointsOf({ services, endpointSlices }: Pick<Registered, 'services' | 'endpointSlices'>) {
  const nameOf = (namespace: string | undefined, name: string | undefined) => `${namespace}/${name}`;
  const byName = new Map(services.map((each) => [nameOf(each.metadata.namespace, each.metadata.name), each]));
  const entries = endpointSlices.flatMap(({ metadata, ports, endpoints }) => {
    const service = byName.get(nameOf(metadata.namespace, metadata.labels['kubernetes.io/service-name']));
    if (service === undefined) return [];
    return ports.flatMap((own) => {
      const port = service.spec.ports.find(({ name }) => (name ?? '') === (own.name ?? ''));
      return endpoints
        .flatMap(({ addresses }) => addresses)
        .map((address): [string, Candidate] => [`${address}:${own.port}`, { service, port }]);
    });
  });
  const found = new Map<string, Candidate[]>();
  for (const [key, candidate] of entries) found.set(key, [...(found.get(key) ?? []), candidate]);
  return found;
}
