import type { Listener, LoadBalancer, Target, TargetGroup } from '../../../core/model/aws.ts';
import type {
  EndpointSlice,
  Event,
  Pod,
  Service,
  TargetGroupBinding,
  Workload,
} from '../../../core/model/kubernetes.ts';
import type { Owner } from '../../../core/model/owner.ts';
import type { ProbeResult } from '../../../core/model/probe-result.ts';
import { account, at, awsId, region, suffix, uid, zones } from './identifiers.ts';
import { metadata } from './metadata.ts';
import { clusterName, type StandInNode } from './nodes.ts';
import { appPort, type Place, podsOfService } from './service-pods.ts';
import { anywhere, networkInterface, type Rule, type StandInVpc, securityGroup, subnetId } from './vpc.ts';

/** A Service with all that stands between its clients and its pods; `probes` is filled by the fault, if it has one. */
export interface StandInService {
  place: Place;
  service: Service;
  endpointSlice: EndpointSlice;
  pods: Pod[];
  workloads: Workload[];
  events: Event[];
  binding: TargetGroupBinding;
  loadBalancer: LoadBalancer;
  targetGroup: TargetGroup;
  listener: Listener;
  targets: Target[];
  owner: Owner;
  probes: ProbeResult[];
}

/** Where clients come. */
const listenerPort = 80;

/** What the controller admits without source ranges. */
const clientRule: Rule = {
  egress: false,
  protocol: 'tcp',
  fromPort: listenerPort,
  toPort: listenerPort,
  cidrIpv4: '0.0.0.0/0',
};

/** A healthy Service, as the AWS Load Balancer Controller sets it up. */
export function standInService(
  place: Place,
  pods: number,
  world: { vpc: StandInVpc; nodes: StandInNode[] },
): StandInService {
  const { cluster, index, namespace, name, takenAt } = place;
  const { vpc, nodes } = world;
  const isIp = index % 2 === 0;
  const nodePort = 30_000 + index;
  const port = isIp ? appPort : nodePort;
  const short = `k8s-${namespace}-${name}-${suffix(6, cluster, index)}`;
  const [balancerId, groupId] = [suffix(16, cluster, index, 1), suffix(16, cluster, index, 2)];
  const elb = `arn:aws:elasticloadbalancing:${region}:${account}`;
  const loadBalancerArn = `${elb}:loadbalancer/net/${short}/${balancerId}`;
  const targetGroupArn = `${elb}:targetgroup/${short}/${groupId}`;
  const group = awsId('sg', cluster, 2, index);
  const createdAt = at(takenAt, 20_000);
  const tags = {
    'elbv2.k8s.aws/cluster': clusterName(cluster),
    'service.k8s.aws/stack': `${namespace}/${name}`,
    'service.k8s.aws/resource': `${namespace}/${name}:${listenerPort}`,
  };
  const made = podsOfService(place, pods, world);
  const addresses = isIp
    ? made.pods.map((pod) => pod.status.podIPs[0] ?? '')
    : nodes.map(({ instanceId }) => instanceId);
  vpc.slices.securityGroups.push(securityGroup(vpc.id, { id: group, name: short, tags }, [anywhere, clientRule]));
  vpc.slices.networkInterfaces.push(
    ...zones.map((_, zone) =>
      networkInterface(vpc, zone, {
        id: awsId('eni', cluster, index, zone, 4),
        description: `ELB net/${short}/${balancerId}`,
        interfaceType: 'network_load_balancer',
        securityGroups: [group, trafficGroup(cluster)],
        privateIps: [vpc.nextAddress(zone)],
      }),
    ),
  );
  return {
    place,
    ...made,
    service: {
      metadata: metadata({
        name,
        namespace,
        uid: uid(cluster, index, 8),
        createdAt,
        annotations: {
          'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': isIp ? 'ip' : 'instance',
          'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
        },
      }),
      spec: {
        type: 'LoadBalancer',
        selector: { app: name },
        ports: [{ name: 'http', protocol: 'TCP', port: listenerPort, targetPort: appPort, nodePort }],
        externalTrafficPolicy: 'Cluster',
        internalTrafficPolicy: 'Cluster',
        loadBalancerClass: 'service.k8s.aws/nlb',
        loadBalancerSourceRanges: [],
        allocateLoadBalancerNodePorts: true,
        ipFamilies: ['IPv4'],
      },
      status: { loadBalancer: [{ hostname: `${short}-${balancerId}.elb.${region}.amazonaws.com` }] },
    },
    events: [reconciled(place, short)],
    binding: {
      metadata: metadata({ name: short, namespace, uid: uid(cluster, index, 9), createdAt }),
      spec: {
        targetGroupARN: targetGroupArn,
        targetType: isIp ? 'ip' : 'instance',
        serviceRef: { name, port: listenerPort },
        networking: {
          ingress: [{ from: [{ groupId: trafficGroup(cluster) }], ports: [{ port, protocol: 'TCP' }] }],
        },
      },
    },
    loadBalancer: {
      arn: loadBalancerArn,
      name: short,
      dnsName: `${short}-${balancerId}.elb.${region}.amazonaws.com`,
      type: 'network',
      scheme: 'internal',
      vpcId: vpc.id,
      state: 'active',
      zones: zones.map((zone, number) => ({ name: zone, subnetId: subnetId(vpc.number, number) })),
      securityGroups: [group, trafficGroup(cluster)],
      ipAddressType: 'ipv4',
      createdAt,
      attributes: { 'load_balancing.cross_zone.enabled': 'false' },
      tags,
    },
    targetGroup: {
      arn: targetGroupArn,
      name: short,
      protocol: 'TCP',
      port,
      vpcId: vpc.id,
      targetType: isIp ? 'ip' : 'instance',
      ipAddressType: 'ipv4',
      loadBalancerArns: [loadBalancerArn],
      healthCheck: {
        protocol: 'TCP',
        port: 'traffic-port',
        intervalSeconds: 10,
        timeoutSeconds: 6,
        healthyThreshold: 3,
        unhealthyThreshold: 3,
      },
      attributes: { 'proxy_protocol_v2.enabled': 'false', 'preserve_client_ip.enabled': 'false' },
      tags,
    },
    listener: {
      arn: loadBalancerArn.replace(':loadbalancer/', ':listener/'),
      loadBalancerArn,
      protocol: 'TCP',
      port: listenerPort,
      forwards: [{ targetGroupArn }],
    },
    targets: addresses.map((id, number) => ({
      targetGroupArn,
      id,
      port,
      zone: zones[number % zones.length] ?? '',
      healthCheckPort: port,
      state: 'healthy',
    })),
    owner: {
      targetGroupArn,
      cluster: clusterName(cluster),
      namespace,
      service: name,
      servicePort: String(listenerPort),
      controller: 'aws-load-balancer-controller',
      by: 'target-group-binding',
    },
    probes: [],
  };
}

/** The security group that the controller's load balancers share. */
export const trafficGroup = (cluster: number): string => awsId('sg', cluster, 3, 0);

const reconciled = ({ namespace, takenAt }: Place, name: string): Event => ({
  namespace,
  regarding: { kind: 'TargetGroupBinding', name, namespace },
  type: 'Normal',
  reason: 'SuccessfullyReconciled',
  note: 'Successfully reconciled',
  count: 1,
  firstSeen: at(takenAt, 40),
  lastSeen: at(takenAt, 40),
  reportingController: 'targetGroupBinding',
});
