import { hash } from './identifier.ts';
import type { AtLeastOne, Service, ServicePort } from './kubernetes-object.ts';
import { day } from './moment.ts';
import { ensureNamespace } from './namespace.ts';
import { metadata, objectsOf, put } from './object.ts';
import type { World, WorldCluster } from './world.ts';

type ServicePortOptions = Omit<ServicePort, 'protocol'> & Partial<Pick<ServicePort, 'protocol'>>;

export interface ServiceOptions {
  namespace: string;
  name: string;
  /** What the load balancer registers; `ip` needs the AWS Load Balancer Controller. */
  targetType?: 'instance' | 'ip';
  /** `lbc` = AWS Load Balancer Controller, `ccm` = cloud-provider-aws, `auto` = EKS Auto Mode. */
  controller?: 'lbc' | 'ccm' | 'auto';
  externalTrafficPolicy?: 'Cluster' | 'Local';
  ports?: AtLeastOne<ServicePortOptions>;
  selector?: Record<string, string>;
  /** Ends of the health-check annotations, for example `{ path: '/ready', timeout: '2' }`. */
  healthCheck?: Record<string, string>;
  annotations?: Record<string, string>;
  healthCheckNodePort?: number;
  loadBalancerSourceRanges?: string[];
  ageSeconds?: number;
}

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

const classes = { lbc: 'service.k8s.aws/nlb', auto: 'eks.amazonaws.com/nlb' };
const finalizers = {
  lbc: 'service.k8s.aws/resources',
  ccm: 'service.kubernetes.io/load-balancer-cleanup',
  auto: 'service.eks.amazonaws.com/resources',
};

/** The full names of health-check annotations from their ends. */
export const healthCheckAnnotations = (settings: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([end, value]) => [`${prefix}healthcheck-${end}`, value]));

/** Adds a Service of type LoadBalancer that asks for a Network Load Balancer; `settle` lets the controller make it. */
export function addService(world: World, cluster: WorldCluster, options: ServiceOptions): Service {
  const { namespace, name, targetType = 'instance', controller = 'lbc', externalTrafficPolicy = 'Cluster' } = options;
  const { ports = [{ name: 'http', port: 80, targetPort: 8080 }], ageSeconds = 2 * day } = options;
  ensureNamespace(world, cluster, namespace);
  const seed = `${cluster.cluster.name}/${namespace}/${name}`;
  const local = externalTrafficPolicy === 'Local';
  const owned =
    controller !== 'ccm'
      ? { [`${prefix}nlb-target-type`]: targetType, [`${prefix}scheme`]: 'internal' }
      : { [`${prefix}type`]: 'nlb', [`${prefix}internal`]: 'true' };
  const clusterIP = `172.20.${1 + (Number.parseInt(hash(seed, 2), 16) % 200)}.${1 + objectsOf(cluster, 'Service').length}`;

  const made = (port: ServicePortOptions): ServicePort => ({
    protocol: 'TCP',
    ...port,
    nodePort: port.nodePort ?? freeNodePort(cluster, `${seed} ${port.port}`),
  });
  const [first, ...others] = ports;

  return put(cluster, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...metadata(world, cluster, {
        kind: 'Service',
        namespace,
        name,
        annotations: { ...owned, ...healthCheckAnnotations(options.healthCheck ?? {}), ...options.annotations },
        ageSeconds,
      }),
      finalizers: [finalizers[controller]],
    },
    spec: {
      type: 'LoadBalancer',
      allocateLoadBalancerNodePorts: true,
      clusterIP,
      clusterIPs: [clusterIP],
      externalTrafficPolicy,
      ...(local ? { healthCheckNodePort: options.healthCheckNodePort ?? freeNodePort(cluster, `${seed} health`) } : {}),
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ...(controller === 'ccm' ? {} : { loadBalancerClass: classes[controller] }),
      ...(options.loadBalancerSourceRanges && { loadBalancerSourceRanges: options.loadBalancerSourceRanges }),
      ports: [made(first), ...others.map(made)],
      selector: options.selector ?? { app: name },
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  });
}

/** A port of the default range 30000–32767 that no Service of the cluster has. */
export function freeNodePort(cluster: WorldCluster, seed: string): number {
  const taken = objectsOf(cluster, 'Service').flatMap(({ spec }) => [
    spec.healthCheckNodePort,
    ...spec.ports.map(({ nodePort }) => nodePort),
  ]);
  let port = 30000 + (Number.parseInt(hash(`node port ${seed}`, 6), 16) % 2768);
  while (taken.includes(port)) port = port === 32767 ? 30000 : port + 1;
  return port;
}
