import type { Place } from '../../scenario.ts';
import type { Gateway, TargetGroupConfiguration } from '../kubernetes-object.ts';
import { day } from '../moment.ts';
import { metadata, put } from '../object.ts';
import { addOwnTargetGroup, admittingTo } from '../own-target-group.ts';
import type { World, WorldCluster } from '../world.ts';
import type { TargetGroupConfigurationSpec, TargetGroupProps } from './gateway-spec.ts';

/** Name of the class whose Gateways are Network Load Balancers. */
const className = 'nlb';

interface GatewayOptions {
  place: Place;
  /** The port of the Service, and of its pods. */
  servicePort: number;
  targetPort: number;
  /** Further ports that health checks need open. */
  checkedPort?: number;
  /** The health check of every Service behind the Gateway that says nothing itself. */
  defaults?: TargetGroupProps;
}

/**
 * Adds a Gateway with a TCPRoute to a Service, and what the AWS Load Balancer Controller made of it days ago: load balancer, target group
 * with the tags that it gives it, and the binding (aws-load-balancer-controller pkg/gateway/model).
 */
export function addGateway(world: World, cluster: WorldCluster, options: GatewayOptions): Gateway {
  const { place, servicePort, targetPort, checkedPort = targetPort, defaults } = options;
  const { namespace, name } = place;
  const binding = addOwnTargetGroup(world, cluster, {
    place,
    servicePort,
    targetType: 'ip',
    port: targetPort,
    listenerPort: 80,
    networking: (groupID) => ({
      ingress: [...new Set([targetPort, checkedPort])].flatMap((port) => admittingTo(port)(groupID).ingress),
    }),
  });
  binding.metadata.labels = {
    'gateway.k8s.aws.nlb/stack-name': name,
    'gateway.k8s.aws.nlb/stack-namespace': namespace,
  };
  const tags = {
    'elbv2.k8s.aws/cluster': cluster.cluster.name,
    'gateway.k8s.aws.nlb/stack': `${namespace}/${name}`,
  };
  for (const group of world.targetGroups.filter(({ arn }) => arn === binding.spec.targetGroupARN)) {
    const resource = `${namespace}/${name}:${namespace}-${name}:TCPRoute-${namespace}-${name}:${targetPort}`;
    group.tags = { ...tags, 'gateway.k8s.aws.nlb/resource': resource };
    for (const balancer of world.loadBalancers.filter(({ arn }) => group.loadBalancerArns.includes(arn)))
      balancer.tags = { ...tags, 'gateway.k8s.aws.nlb/resource': 'LoadBalancer' };
  }
  put(cluster, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: metadata(world, cluster, { kind: 'GatewayClass', name: className, ageSeconds: 20 * day }),
    spec: { controllerName: 'gateway.k8s.aws/nlb' },
  });
  put(cluster, {
    apiVersion: 'gateway.networking.k8s.io/v1alpha2',
    kind: 'TCPRoute',
    metadata: metadata(world, cluster, { kind: 'TCPRoute', namespace, name, ageSeconds: 9 * day }),
    spec: { parentRefs: [{ name }], rules: [{ backendRefs: [{ name, port: servicePort }] }] },
  });
  if (defaults !== undefined) addDefaults(world, cluster, { place, defaults });
  return put(cluster, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: metadata(world, cluster, { kind: 'Gateway', namespace, name, ageSeconds: 9 * day }),
    spec: {
      gatewayClassName: className,
      listeners: [{ name: 'tcp', protocol: 'TCP', port: 80 }],
      ...(defaults && {
        infrastructure: { parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name } },
      }),
    },
  });
}

function addDefaults(
  world: World,
  cluster: WorldCluster,
  { place: { namespace, name }, defaults }: { place: Place; defaults: TargetGroupProps },
): void {
  const configuration = `${name}-defaults`;
  addTargetGroupConfiguration(world, cluster, {
    namespace,
    name: configuration,
    spec: { defaultConfiguration: defaults },
  });
  put(cluster, {
    apiVersion: 'gateway.k8s.aws/v1',
    kind: 'LoadBalancerConfiguration',
    metadata: metadata(world, cluster, { kind: 'LoadBalancerConfiguration', namespace, name, ageSeconds: 9 * day }),
    spec: { defaultTargetGroupConfiguration: { name: configuration } },
  });
}

/** Adds a TargetGroupConfiguration; with `targetReference` it is about that Service. */
export const addTargetGroupConfiguration = (
  world: World,
  cluster: WorldCluster,
  { namespace, name, spec }: { namespace: string; name: string; spec: TargetGroupConfigurationSpec },
): TargetGroupConfiguration =>
  put(cluster, {
    apiVersion: 'gateway.k8s.aws/v1',
    kind: 'TargetGroupConfiguration',
    metadata: metadata(world, cluster, { kind: 'TargetGroupConfiguration', namespace, name, ageSeconds: 9 * day }),
    spec,
  });
