import type { LoadBalancer, NetworkInterface, SecurityGroup } from '../../core/model/aws.ts';
import type { Place } from '../scenario.ts';
import { privateSubnets } from './account.ts';
import { allowAllEgress, ingress } from './cluster.ts';
import { hash, resourceId } from './identifier.ts';
import type { Ingress } from './kubernetes-object.ts';
import { before, day } from './moment.ts';
import { nextAddress } from './network/address.ts';
import { metadata, put } from './object.ts';
import type { Behaviour, World, WorldCluster } from './world.ts';

interface FrontedIngress {
  place: Place;
  /** What the listener rules of the Application Load Balancer answer. */
  behaviour: Behaviour;
}

/** Not 80, so that the lab needs no privileges. */
const port = 8080;
const ageSeconds = 2 * day;

/**
 * Adds an Ingress with an Application Load Balancer and a Network Load Balancer in front of it, as `enable-frontend-nlb`
 * makes them (aws-load-balancer-controller docs/guide/ingress/annotations.md).
 */
export function addFrontedIngress(world: World, cluster: WorldCluster, { place, behaviour }: FrontedIngress): void {
  const { namespace, name } = place;
  const tags = { 'elbv2.k8s.aws/cluster': cluster.cluster.name, 'ingress.k8s.aws/stack': `${namespace}/${name}` };
  const application = addLoadBalancer(world, { name: `k8s-${namespace}-${name}-alb`, type: 'application', tags });
  const front = addLoadBalancer(world, { name: `k8s-${namespace}-${name}-nlb`, type: 'network', tags });
  world.applicationListeners = [
    ...(world.applicationListeners ?? []),
    { loadBalancerArn: application.arn, port, behaviour },
  ];
  const targetGroupName = `k8s-${namespace}-${name}-front`;
  const arn = `arn:aws:elasticloadbalancing:${world.region}:${world.account}:targetgroup/${targetGroupName}/${hash(targetGroupName, 16)}`;
  world.targetGroups.push({
    arn,
    name: targetGroupName,
    protocol: 'TCP',
    port,
    vpcId: cluster.cluster.vpcId,
    targetType: 'alb',
    ipAddressType: 'ipv4',
    loadBalancerArns: [front.arn],
    healthCheck: {
      protocol: 'HTTP',
      port: 'traffic-port',
      path: '/',
      intervalSeconds: 15,
      timeoutSeconds: 5,
      healthyThreshold: 3,
      unhealthyThreshold: 3,
      successCodes: '200',
    },
    attributes: { 'deregistration_delay.timeout_seconds': '300' },
    tags: { ...tags, 'ingress.k8s.aws/resource': `${namespace}/${name}:${port}` },
  });
  world.listeners.push({
    arn: `${front.arn.replace(':loadbalancer/', ':listener/')}/${hash(`${front.arn} ${port}`, 16)}`,
    loadBalancerArn: front.arn,
    protocol: 'TCP',
    port,
    forwards: [{ targetGroupArn: arn }],
  });
  world.registrations = [
    ...(world.registrations ?? []),
    { targetGroupArn: arn, id: application.arn, port, registeredAt: before(world.now, ageSeconds - 60) },
  ];
  put(cluster, ingressObject(world, cluster, { place, host: front.dnsName }));
}

function ingressObject(world: World, cluster: WorldCluster, { place, host }: { place: Place; host: string }): Ingress {
  const { namespace, name } = place;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(world, cluster, {
      kind: 'Ingress',
      namespace,
      name,
      annotations: {
        'alb.ingress.kubernetes.io/enable-frontend-nlb': 'true',
        'alb.ingress.kubernetes.io/listen-ports': `[{"HTTP":${port}}]`,
      },
      ageSeconds,
    }),
    spec: {
      ingressClassName: 'alb',
      rules: [
        {
          host: `${name}.example.com`,
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ hostname: host }] } },
  };
}

type Wanted = Pick<LoadBalancer, 'name' | 'tags'> & { type: 'application' | 'network' };

/** A load balancer of either type, with one interface in each zone and a security group that lets clients in. */
function addLoadBalancer(world: World, { name, type, tags }: Wanted): LoadBalancer {
  const kind = type === 'network' ? 'net' : 'app';
  const id = hash(`load balancer ${name}`, 16);
  const subnets = privateSubnets(world);
  const vpcId = world.vpcs[0]?.id ?? '';
  const group: SecurityGroup = {
    id: resourceId('sg', name),
    name,
    vpcId,
    tags,
    rules: [allowAllEgress(name), ingress(name, { fromPort: port, toPort: port, cidrIpv4: '0.0.0.0/0' })],
  };
  const loadBalancer: LoadBalancer = {
    arn: `arn:aws:elasticloadbalancing:${world.region}:${world.account}:loadbalancer/${kind}/${name}/${id}`,
    name,
    dnsName: `${name}-${id}.elb.${world.region}.amazonaws.com`,
    type,
    scheme: 'internal',
    vpcId,
    state: 'active',
    zones: subnets.map((subnet) => ({ name: subnet.zone, subnetId: subnet.id })),
    securityGroups: [group.id],
    ipAddressType: 'ipv4',
    createdAt: before(world.now, ageSeconds),
    attributes: { 'load_balancing.cross_zone.enabled': type === 'application' ? 'true' : 'false' },
    tags,
  };
  world.securityGroups.push(group);
  world.loadBalancers.push(loadBalancer);
  for (const subnet of subnets) {
    const networkInterface: NetworkInterface = {
      id: resourceId('eni', `${name} ${subnet.zone}`),
      description: `ELB ${kind}/${name}/${id}`,
      interfaceType: type === 'network' ? 'network_load_balancer' : 'interface',
      vpcId,
      subnetId: subnet.id,
      zone: subnet.zone,
      status: 'in-use',
      securityGroups: [group.id],
      privateIps: [nextAddress(world, subnet)],
      ipv6Addresses: [],
    };
    world.networkInterfaces.push(networkInterface);
  }
  return loadBalancer;
}
