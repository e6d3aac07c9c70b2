import { describe, expect, test } from 'vitest';
import { controllerOf } from '../../../core/controllers/controller.ts';
import { mostTrusted, ownersByKubernetes, ownersByTags } from '../../../core/controllers/ownership.ts';
import { clusterOfTags } from '../../../core/controllers/tags.ts';
import type { Cluster, LoadBalancer, Target, TargetGroup } from '../../../core/model/aws.ts';
import type { EndpointSlice, Node, Service, TargetGroupBinding, Workload } from '../../../core/model/kubernetes.ts';
import type { Owner } from '../../../core/model/owner.ts';

const targetGroup = (fields: Partial<TargetGroup> = {}): TargetGroup => ({
  arn: 'tg-arn',
  name: 'tg',
  protocol: 'TCP',
  port: 31000,
  vpcId: 'vpc-1',
  targetType: 'instance',
  ipAddressType: 'ipv4',
  loadBalancerArns: ['lb-arn'],
  healthCheck: {
    protocol: 'TCP',
    port: 'traffic-port',
    intervalSeconds: 30,
    timeoutSeconds: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  },
  attributes: {},
  tags: {},
  ...fields,
});

const loadBalancer = (fields: Partial<LoadBalancer> = {}): LoadBalancer => ({
  arn: 'lb-arn',
  name: 'lb',
  dnsName: 'lb-0123.elb.eu-west-1.amazonaws.com',
  type: 'network',
  scheme: 'internal',
  vpcId: 'vpc-1',
  state: 'active',
  zones: [],
  securityGroups: [],
  ipAddressType: 'ipv4',
  attributes: {},
  tags: {},
  ...fields,
});

const metadata = (name: string) => ({
  name,
  namespace: 'web',
  uid: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
  creationTimestamp: '2026-11-20T10:00:00Z',
  labels: {},
  annotations: {},
  ownerReferences: [],
});

const service = (fields: Partial<Service['spec']> = {}, hostname?: string): Service => ({
  metadata: metadata('shop'),
  spec: {
    type: 'LoadBalancer',
    selector: {},
    ports: [
      { name: 'https', protocol: 'TCP', port: 443, targetPort: 8443, nodePort: 31443 },
      { name: 'http', protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 31000 },
    ],
    loadBalancerSourceRanges: [],
    ipFamilies: ['IPv4'],
    ...fields,
  },
  status: { loadBalancer: hostname === undefined ? [] : [{ hostname }] },
});

const binding = (spec: Partial<TargetGroupBinding['spec']>): TargetGroupBinding => ({
  metadata: metadata('k8s-web-shop'),
  spec: { serviceRef: { name: 'shop', port: 'http' }, ...spec },
});

const cluster = { name: 'prod', vpcId: 'vpc-1' } as Cluster;

const claimed = (
  services: Service[],
  targetGroupBindings: TargetGroupBinding[] = [],
  { group = targetGroup(), balancer = loadBalancer(), ...registered }: Partial<Around> = {},
): Owner | undefined =>
  ownersByKubernetes({
    cluster,
    targetGroups: [group],
    loadBalancers: [balancer],
    services,
    targetGroupBindings,
    targetHealth: [],
    nodes: [],
    endpointSlices: [],
    workloads: [],
    ...registered,
  })[0];

/** A controller whose flag names another class than the usual. */
const controllerOfClass = (loadBalancerClass: string) =>
  ({
    kind: 'Deployment',
    metadata: { labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' } },
    spec: { template: { labels: {}, containers: [{ args: [`--load-balancer-class=${loadBalancerClass}`] }] } },
  }) as unknown as Workload;

interface Around {
  workloads: Workload[];
  group: TargetGroup;
  balancer: LoadBalancer;
  targetHealth: Target[];
  nodes: Node[];
  endpointSlices: EndpointSlice[];
}

describe('by tags', () => {
  const owner = { targetGroupArn: 'tg-arn', cluster: 'prod', namespace: 'web', service: 'shop', by: 'tags' };

  test.each([
    [
      {
        'elbv2.k8s.aws/cluster': 'prod',
        'service.k8s.aws/stack': 'web/shop',
        'service.k8s.aws/resource': 'web/shop:80',
      },
      { ...owner, servicePort: '80', controller: 'aws-load-balancer-controller' },
    ],
    [
      {
        'elbv2.k8s.aws/cluster': 'prod',
        'gateway.k8s.aws.nlb/stack': 'web/shop',
        'gateway.k8s.aws.nlb/resource': 'web/shop:web-shop-route:TCPRoute-web-shop:8080',
      },
      { ...owner, controller: 'aws-load-balancer-controller-gateway' },
    ],
    [
      {
        'eks:eks-cluster-name': 'prod',
        'service.eks.amazonaws.com/stack': 'web/shop',
        'service.eks.amazonaws.com/resource': 'web/shop:http',
      },
      { ...owner, servicePort: 'http', controller: 'eks-auto-mode' },
    ],
    [
      // The ALB of an Ingress that a Network Load Balancer stands in front of.
      { 'elbv2.k8s.aws/cluster': 'prod', 'ingress.k8s.aws/stack': 'web/shop' },
      { ...owner, controller: 'aws-load-balancer-controller' },
    ],
    [
      { 'kubernetes.io/cluster/prod': 'owned', 'kubernetes.io/service-name': 'web/shop' },
      { ...owner, controller: 'cloud-provider-aws' },
    ],
  ])('%j names the owner', (tags, expected) => {
    expect(ownersByTags([targetGroup({ tags })], [])).toEqual([expected]);
    expect(clusterOfTags(tags)).toBe('prod');
  });

  test('a target group without tags takes those of its load balancer', () => {
    const tags = { 'kubernetes.io/cluster/prod': 'owned', 'kubernetes.io/service-name': 'web/shop' };
    expect(ownersByTags([targetGroup()], [loadBalancer({ tags })])).toEqual([
      { ...owner, controller: 'cloud-provider-aws' },
    ]);
    expect(ownersByTags([targetGroup({ loadBalancerArns: [] })], [loadBalancer({ tags })])).toEqual([]);
  });

  test.each([
    [{}],
    [{ 'kubernetes.io/cluster/prod': 'shared' }],
    [{ 'elbv2.k8s.aws/cluster': 'prod', 'service.k8s.aws/stack': 'web' }],
  ])('%j names nobody', (tags) => {
    expect(ownersByTags([targetGroup({ tags })], [])).toEqual([]);
  });
});

describe('by Kubernetes', () => {
  test('a TargetGroupBinding claims by ARN', () => {
    expect(claimed([], [binding({ targetGroupARN: 'tg-arn' })])).toEqual({
      targetGroupArn: 'tg-arn',
      cluster: 'prod',
      namespace: 'web',
      service: 'shop',
      servicePort: 'http',
      controller: 'aws-load-balancer-controller',
      by: 'target-group-binding',
    });
  });

  test('a TargetGroupBinding of EKS Auto Mode names its controller, where tags name none', () => {
    const ofAutoMode = { ...binding({ targetGroupARN: 'tg-arn' }), group: 'eks.amazonaws.com' as const };
    expect(claimed([], [ofAutoMode])).toMatchObject({ controller: 'eks-auto-mode', by: 'target-group-binding' });
  });

  test('a TargetGroupBinding without an ARN claims by name', () => {
    expect(claimed([], [binding({ targetGroupName: 'tg' })])).toMatchObject({ by: 'target-group-binding' });
    expect(claimed([], [binding({ targetGroupARN: 'other', targetGroupName: 'tg' })])).toBeUndefined();
  });

  test('the host name in the status of a Service claims, whatever its case; the NodePort tells the port', () => {
    const annotated = service({ loadBalancerClass: 'service.k8s.aws/nlb' }, 'LB-0123.elb.eu-west-1.amazonaws.com');
    expect(claimed([annotated])).toMatchObject({
      by: 'host-name',
      service: 'shop',
      servicePort: '80',
      controller: 'aws-load-balancer-controller',
    });
  });

  test('tags of the Gateway API claim for the Service behind the route, and for its port by the port of the pods', () => {
    const tags = {
      'elbv2.k8s.aws/cluster': 'prod',
      'gateway.k8s.aws.nlb/stack': 'edge/public',
      'gateway.k8s.aws.nlb/resource': 'edge/public:web-shop-route:TCPRoute-web-shop:8080',
    };
    expect(claimed([service()], [], { group: targetGroup({ tags }) })).toEqual({
      targetGroupArn: 'tg-arn',
      cluster: 'prod',
      namespace: 'web',
      service: 'shop',
      servicePort: '80',
      controller: 'aws-load-balancer-controller-gateway',
      by: 'tags',
    });
    const ofAnother = targetGroup({ tags: { ...tags, 'elbv2.k8s.aws/cluster': 'stage' } });
    expect(claimed([service()], [], { group: ofAnother })).toBeUndefined();
  });

  test('another host name claims nothing, nor does a load balancer in another VPC', () => {
    expect(claimed([service({}, 'lb-9999.elb.eu-west-1.amazonaws.com')])).toBeUndefined();
    const abroad = { balancer: loadBalancer({ vpcId: 'vpc-2' }) };
    expect(claimed([service({}, 'lb-0123.elb.eu-west-1.amazonaws.com')], [], abroad)).toBeUndefined();
  });

  test('the name that cloud-provider-aws makes from the UID claims last', () => {
    const named = { balancer: loadBalancer({ name: 'a0f1e2d3c4b5a69788796a5b4c3d2e1f' }) };
    expect(claimed([service()], [], named)).toMatchObject({ by: 'load-balancer-name', service: 'shop' });
    expect(claimed([service()], [], { balancer: loadBalancer({ name: 'a0f1e2d3c' }) })).toBeUndefined();
  });

  test.each([
    [{ loadBalancerClass: 'eks.amazonaws.com/nlb' }, {}, 'eks-auto-mode'],
    [{ loadBalancerClass: 'example.com/other' }, {}, 'none'],
    [{ loadBalancerClass: 'example.com/ours' }, {}, 'aws-load-balancer-controller'],
    [{ loadBalancerClass: 'service.k8s.aws/nlb' }, {}, 'none'],
    [{}, { type: 'nlb' }, 'cloud-provider-aws'],
    [{}, { type: 'external', 'nlb-target-type': 'ip' }, 'aws-load-balancer-controller'],
    [{}, { type: 'external' }, 'none'],
    [{}, { type: 'nlb-ip' }, 'aws-load-balancer-controller'],
    [{}, {}, 'cloud-provider-aws'],
  ])('a Service with %j and annotations %j has the owner that reconciles it', (spec, settings, controller) => {
    const annotations = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`service.beta.kubernetes.io/aws-load-balancer-${name}`, value]),
    );
    const plain = service(spec, 'lb-0123.elb.eu-west-1.amazonaws.com');
    const annotated = { ...plain, metadata: { ...plain.metadata, annotations } };
    const workloads = [controllerOfClass('example.com/ours')];
    expect(claimed([annotated], [], { workloads })).toMatchObject({ controller });
    expect(controllerOf(annotated, workloads)).toBe(controller);
  });
});

test('the most trusted claim wins, whatever the order', () => {
  const claim = (by: Owner['by'], clusterName: string): Owner => ({
    targetGroupArn: 'tg-arn',
    cluster: clusterName,
    namespace: 'web',
    service: 'shop',
    controller: 'none',
    by,
  });
  const claims = [claim('host-name', 'c'), claim('target-group-binding', 'a'), claim('tags', 'b')];
  expect(mostTrusted(claims)).toEqual([claim('target-group-binding', 'a')]);
  expect(mostTrusted(claims.toReversed())).toEqual([claim('target-group-binding', 'a')]);
});

describe('by what is registered', () => {
  const registered = (id: string, port: number): Target => ({
    targetGroupArn: 'tg-arn',
    id,
    port,
    healthCheckPort: port,
    state: 'unhealthy',
  });
  const node = (id: string) => ({ spec: { providerID: `aws:///eu-west-1a/${id}`, taints: [] } }) as unknown as Node;
  const ofNodes = { targetHealth: [registered('i-1', 31000)], nodes: [node('i-1')] };
  const slice = (name: string): EndpointSlice => ({
    metadata: { ...metadata(`${name}-1`), labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints: [{ addresses: ['10.0.0.7'], conditions: {} }],
  });
  const ofPods = {
    group: targetGroup({ targetType: 'ip' }),
    targetHealth: [registered('10.0.0.7', 8080)],
    endpointSlices: [slice('shop')],
  };

  test('nodes of the cluster at the NodePort of exactly one Service name that Service', () => {
    expect(claimed([service({ type: 'NodePort' })], [], ofNodes)).toEqual({
      targetGroupArn: 'tg-arn',
      cluster: 'prod',
      namespace: 'web',
      service: 'shop',
      servicePort: '80',
      controller: 'none',
      by: 'node-port',
    });
  });

  test('instances that are no nodes of the cluster name none', () => {
    expect(claimed([service({ type: 'NodePort' })], [], { ...ofNodes, nodes: [node('i-2')] })).toBeUndefined();
  });

  test('addresses of the endpoints of exactly one Service name that Service', () => {
    expect(claimed([service({ type: 'ClusterIP' })], [], ofPods)).toMatchObject({
      service: 'shop',
      servicePort: '80',
      by: 'endpoints',
    });
  });

  test('addresses that two Services share name none', () => {
    const other = { ...service(), metadata: metadata('twin') };
    const slices = { ...ofPods, endpointSlices: [slice('shop'), slice('twin')] };
    expect(claimed([service(), other], [], slices)).toBeUndefined();
  });
});
