import type { Cluster, Target, TargetGroup } from '../model/aws.ts';
import { under } from '../model/indexed.ts';
import type { EndpointSlice, Node, Service, ServicePort } from '../model/kubernetes.ts';
import type { Owner } from '../model/owner.ts';
import { readTags } from './tags.ts';

/** What a cluster has that may be registered, and what is. */
export interface Registered {
  cluster: Cluster;
  services: Service[];
  nodes: Node[];
  endpointSlices: EndpointSlice[];
  targetGroups: TargetGroup[];
  targetHealth: Target[];
}

/** A target that stands for a port of a Service. */
interface Match {
  target: Target;
  service: Service;
  port: ServicePort | undefined;
  by: Owner['by'];
}

/**
 * The owners of target groups that Terraform or a person fills, and no tag names: their targets are nodes of the cluster at the
 * NodePort of exactly one Service, or addresses of the endpoints of exactly one.
 */
export function ownersByTargets(claims: Registered): Owner[] {
  const matches = Map.groupBy([...onNodes(claims), ...atEndpoints(claims)], ({ target }) => target.targetGroupArn);
  return [...matches].flatMap(([arn, [first, ...others]]): Owner[] => {
    const [targetGroup] = under(claims.targetGroups, arnOf, arn);
    if (first === undefined || targetGroup?.vpcId !== claims.cluster.vpcId) return [];
    if (readTags(targetGroup.tags) !== undefined) return [];
    if (others.some(({ service }) => service !== first.service)) return [];
    const { service, port, by } = first;
    return [
      {
        targetGroupArn: arn,
        cluster: claims.cluster.name,
        namespace: service.metadata.namespace ?? 'default',
        service: service.metadata.name,
        ...(port && { servicePort: String(port.port) }),
        controller: 'none',
        by,
      },
    ];
  });
}

const arnOf = ({ arn }: TargetGroup) => [arn];
const idOf = ({ id }: Target) => [id];

function onNodes({ services, nodes, targetHealth }: Registered): Match[] {
  const ports = services.flatMap((service) => service.spec.ports.map((port) => ({ service, port })));
  const atNodePort = Map.groupBy(ports, ({ port }) => port.nodePort);
  return nodes.flatMap(({ spec }) =>
    under(targetHealth, idOf, spec.providerID?.split('/').at(-1)).flatMap((target) =>
      (atNodePort.get(target.port) ?? []).map((found) => ({ ...found, target, by: 'node-port' as const })),
    ),
  );
}

function atEndpoints({ services, endpointSlices, targetHealth }: Registered): Match[] {
  const keyOf = (namespace: string | undefined, name: string | undefined) => `${namespace}/${name}`;
  const byName = new Map(services.map((each) => [keyOf(each.metadata.namespace, each.metadata.name), each]));
  return endpointSlices.flatMap(({ metadata, ports, endpoints }) => {
    const service = byName.get(keyOf(metadata.namespace, metadata.labels['kubernetes.io/service-name']));
    if (service === undefined) return [];
    const registered = endpoints.flatMap(({ addresses }) => addresses.flatMap((id) => under(targetHealth, idOf, id)));
    return registered.flatMap((target) => {
      const own = ports.find(({ port }) => port === target.port);
      if (own === undefined) return [];
      const port = service.spec.ports.find(({ name }) => (name ?? '') === (own.name ?? ''));
      return [{ target, service, port, by: 'endpoints' as const }];
    });
  });
}
