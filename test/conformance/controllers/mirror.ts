import type { Facts } from '../../../core/model/facts.ts';
import { settle } from '../../../lab/settle.ts';
import { buildAccount } from '../../../lab/world/account.ts';
import { addCluster, clusterOf } from '../../../lab/world/cluster.ts';
import type { Service } from '../../../lab/world/kubernetes-object.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { addWorkload, answering } from '../../../lab/world/pod/workload.ts';
import { addService, type ServiceOptions } from '../../../lab/world/service.ts';
import type { World } from '../../../lab/world/world.ts';
import { withoutDetails } from '../../records/complaint.ts';

/** A Service of the namespace `live`, which cloud-provider-aws takes unless `controller` or its class says otherwise. */
export interface Shape
  extends Pick<
    ServiceOptions,
    | 'annotations'
    | 'controller'
    | 'externalTrafficPolicy'
    | 'healthCheck'
    | 'loadBalancerSourceRanges'
    | 'ports'
    | 'selector'
    | 'targetType'
  > {
  loadBalancerClass?: string;
  /** Annotations that every other shape has. */
  without?: string[];
}

/** The account with the cluster `shop`, in which nothing has a load balancer; a workload `web` of the namespace `live`. */
export function plainWorld(now?: string): World {
  const world = buildAccount({ network: '10.20', ...(now && { now }) });
  const cluster = addCluster(world, { name: 'shop' });
  cluster.controllerRunning = false;
  // cloud-provider-aws looks only at instances with the tag that managed node groups write.
  for (const { tags } of world.instances) tags['kubernetes.io/cluster/shop'] = 'owned';
  const behaviour = answering({ '/': 200, '/ready': 200, '*': 404 });
  addWorkload(world, cluster, { namespace: 'live', name: 'web', replicas: 2, port: 8080, portName: 'http', behaviour });
  return settle(world);
}

/** Puts the Service into the world, in the place of the one of its name; returns it as it is there. */
export function giveShape(world: World, name: string, shape: Shape): Service {
  const { loadBalancerClass, without = [], ...options } = shape;
  const cluster = clusterOf(world, 'shop');
  const { status } = serviceNamed(world, name) ?? {};
  const service = addService(world, cluster, {
    namespace: 'live',
    name,
    controller: 'ccm',
    selector: { app: 'web' },
    ageSeconds: 60,
    healthCheckNodePort: 32100,
    ports: [{ name: 'p80', port: 80, targetPort: 8080, nodePort: 30180 }],
    ...options,
  });
  for (const key of without) delete service.metadata.annotations[key];
  if (loadBalancerClass !== undefined) service.spec.loadBalancerClass = loadBalancerClass;
  if (status !== undefined) service.status = status;
  return service;
}

export const serviceNamed = (world: World, name: string): Service | undefined =>
  objectsOf(clusterOf(world, 'shop'), 'Service').find(({ metadata }) => metadata.name === name);

/** What a controller made of one Service, without names that differ from side to side. */
export interface Made {
  targetGroups: object[];
  listeners: string[];
  rules: string[];
  complaints: string[];
}

type Resources = Pick<
  Facts['slices'],
  'listeners' | 'loadBalancers' | 'securityGroups' | 'targetGroups' | 'targetHealth'
>;

/** Attributes that cloud-provider-aws sets; defaults of others differ in moto. */
const attributesSet = ['proxy_protocol_v2.enabled', 'preserve_client_ip.enabled'];

export function madeOf(name: string, resources: Resources, complaints: string[]): Made {
  const isOwn = ({ tags }: { tags: Record<string, string> }) => tags['kubernetes.io/service-name'] === `live/${name}`;
  const groups = resources.targetGroups.filter(isOwn);
  const balancers = resources.loadBalancers.filter(isOwn).map(({ arn }) => arn);
  return {
    targetGroups: groups
      .map(({ arn, protocol, port, targetType, healthCheck, attributes, tags }) => ({
        protocol,
        port,
        targetType,
        healthCheck: forwarded(healthCheck),
        attributes: Object.fromEntries(
          attributesSet.flatMap((key) => (attributes[key] === undefined ? [] : [[key, attributes[key]]])),
        ),
        tags,
        targets: resources.targetHealth
          .filter(({ targetGroupArn, state }) => targetGroupArn === arn && state !== 'draining')
          .map(({ id, port: own }) => `${id}:${own}`)
          .toSorted(),
      }))
      .toSorted((a, b) => a.port - b.port),
    listeners: resources.listeners
      .filter(({ loadBalancerArn }) => balancers.includes(loadBalancerArn))
      .map(({ protocol, port }) => `${protocol} ${port}`)
      .toSorted(),
    rules: resources.securityGroups
      .flatMap(({ rules }) => rules)
      .filter(({ description }) => description?.startsWith('kubernetes.io/rule/nlb/'))
      .map(
        ({ description = '', protocol, fromPort, toPort, cidrIpv4 }) =>
          `${description.split('=')[0]} ${protocol} ${fromPort}-${toPort} from ${cidrIpv4}`,
      )
      .toSorted(),
    complaints: [...new Set(complaints.map(withoutDetails))].toSorted(),
  };
}

/** The health check without what is not sent: moto keeps a path and codes for TCP checks too, Elastic Load Balancing does not. */
export function forwarded({ path, successCodes, ...rest }: Resources['targetGroups'][number]['healthCheck']): object {
  return rest.protocol === 'TCP' ? rest : { ...rest, path, successCodes };
}

/** What the lab's controller makes of the world as it is. */
export function madeByLab(world: World, name: string): Made {
  const complaints = objectsOf(clusterOf(world, 'shop'), 'Event')
    .filter(({ type, involvedObject }) => type === 'Warning' && involvedObject.name === name)
    .map(({ reason, message }) => `${reason}: ${message}`);
  return madeOf(name, world, complaints);
}
