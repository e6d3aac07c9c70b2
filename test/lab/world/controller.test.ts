import { expect, test } from 'vitest';
import { scaleUp } from '../../../lab/faults/scale.ts';
import { settle } from '../../../lab/settle.ts';
import { nodeSecurityGroup } from '../../../lab/world/cluster.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import { answerWith } from '../../../lab/world/pod/process.ts';
import { answering } from '../../../lab/world/pod/workload.ts';
import { healthCheckAnnotations } from '../../../lab/world/service.ts';
import { cluster, healthCheckNodePort, nodePort, oneService, pods, service, states } from './one-service.ts';

test('the AWS Load Balancer Controller tags what it makes and binds the target group', () => {
  const world = oneService();
  const [loadBalancer] = world.loadBalancers;
  const [targetGroup] = world.targetGroups;
  expect(loadBalancer?.name).toMatch(/^k8s-shop-web-[0-9a-f]{10}$/);
  expect(loadBalancer?.securityGroups).toHaveLength(2);
  expect(loadBalancer?.tags).toEqual({
    'elbv2.k8s.aws/cluster': 'test',
    'service.k8s.aws/stack': 'shop/web',
    'service.k8s.aws/resource': 'LoadBalancer',
  });
  expect(targetGroup?.tags['service.k8s.aws/resource']).toBe('shop/web:80');
  expect(targetGroup?.arn).toMatch(
    /^arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup\/k8s-shop-web-[0-9a-f]{10}\/[0-9a-f]{16}$/,
  );
  expect(world.listeners).toMatchObject([{ port: 80, forwards: [{ targetGroupArn: targetGroup?.arn }] }]);
  expect(objectsOf(cluster(world), 'TargetGroupBinding').map(({ spec }) => spec)).toMatchObject([
    { targetGroupARN: targetGroup?.arn, targetType: 'instance', serviceRef: { name: 'web', port: 80 } },
  ]);
  expect(service(world).status.loadBalancer?.ingress).toEqual([{ hostname: loadBalancer?.dnsName }]);
});

test('it opens the nodes to its backend group from the lowest to the highest port that it needs', () => {
  const world = oneService({
    externalTrafficPolicy: 'Local',
    healthCheckNodePort: 32000,
    ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 31000 }],
  });
  const backend = world.securityGroups.find(({ tags }) => tags['elbv2.k8s.aws/resource'] === 'backend-sg');
  const rules = nodeSecurityGroup(world, cluster(world)).rules.filter(
    ({ referencedGroupId }) => referencedGroupId === backend?.id,
  );
  expect(backend?.name).toMatch(/^k8s-traffic-test-[0-9a-f]{10}$/);
  expect(rules).toMatchObject([{ egress: false, protocol: 'tcp', fromPort: 31000, toPort: 32000 }]);
});

test('each zone has an interface of the load balancer, by the description that AWS gives it', () => {
  const world = oneService();
  const [, id] = world.loadBalancers[0]?.arn.split('loadbalancer/') ?? [];
  const own = world.networkInterfaces.filter(({ description }) => description === `ELB ${id}`);
  expect(id).toMatch(/^net\/k8s-shop-web-[0-9a-f]{10}\/[0-9a-f]{16}$/);
  expect(own.map(({ zone, interfaceType }) => [zone, interfaceType])).toEqual([
    ['eu-west-1a', 'network_load_balancer'],
    ['eu-west-1b', 'network_load_balancer'],
    ['eu-west-1c', 'network_load_balancer'],
  ]);
});

test('cloud-provider-aws names the load balancer after the UID, gives it no security group, and writes CIDR rules', () => {
  const world = oneService({ controller: 'ccm', externalTrafficPolicy: 'Local' });
  const [loadBalancer] = world.loadBalancers;
  const name = loadBalancer?.name;
  expect(name).toBe(`a${service(world).metadata.uid.replaceAll('-', '')}`.slice(0, 32));
  expect(loadBalancer?.securityGroups).toEqual([]);
  expect(world.targetGroups[0]?.tags).toEqual({
    'kubernetes.io/cluster/test': 'owned',
    'kubernetes.io/service-name': 'shop/web',
  });
  const rules = nodeSecurityGroup(world, cluster(world)).rules;
  const described = (kind: string) =>
    rules.filter((rule) => rule.description === `kubernetes.io/rule/nlb/${kind}=${name}`);
  expect(described('client')).toMatchObject([{ fromPort: nodePort(world), cidrIpv4: '0.0.0.0/0' }]);
  expect(described('health').map(({ fromPort, cidrIpv4 }) => [fromPort, cidrIpv4])).toEqual([
    [healthCheckNodePort(world), '127.20.0.0/20'],
    [healthCheckNodePort(world), '127.20.16.0/20'],
    [healthCheckNodePort(world), '127.20.32.0/20'],
  ]);
  expect(objectsOf(cluster(world), 'TargetGroupBinding')).toEqual([]);
  expect(states(world)).toEqual(['healthy', 'healthy', 'healthy']);
});

test('instance targets are all nodes, ip targets are all ready pods', () => {
  const instance = oneService({}, { replicas: 1 });
  expect(instance.targetHealth.map(({ id }) => id)).toEqual(instance.instances.map(({ id }) => id));
  const ip = oneService({ targetType: 'ip' }, { replicas: 2 });
  expect(ip.targetHealth.map(({ id, port }) => `${id}:${port}`)).toEqual(
    pods(ip).map(({ status }) => `${status.podIP}:8080`),
  );
});

test('an ip target whose pod ceased to be ready long ago is gone', () => {
  const world = oneService({ targetType: 'ip' });
  const [failing] = pods(world);
  if (failing === undefined) throw new Error('no pod');
  answerWith(cluster(world), [failing], answering({ '*': 503 }));
  const after = settle(world);
  expect(after.targetHealth.map(({ id }) => id)).not.toContain(failing.status.podIP);
  expect(states(after)).toEqual(['healthy', 'healthy']);
});

test('a target whose pod was deleted just now is draining', () => {
  const world = oneService({ targetType: 'ip' });
  const [leaving] = pods(world);
  cluster(world).objects = cluster(world).objects.filter((object) => object !== leaving);
  const draining = settle(world).targetHealth.find(({ id }) => id === leaving?.status.podIP);
  expect(draining).toMatchObject({ state: 'draining', reason: 'Target.DeregistrationInProgress' });
});

test('a controller that does not run keeps the targets that it had', () => {
  const world = oneService({ targetType: 'ip' });
  const [leaving] = pods(world);
  cluster(world).controllerRunning = false;
  cluster(world).objects = cluster(world).objects.filter((object) => object !== leaving);
  const after = settle(world);
  expect(after.targetHealth).toHaveLength(3);
  expect(after.targetHealth.find(({ id }) => id === leaving?.status.podIP)?.state).toBe('unhealthy');
});

test.each([
  [30, 'Elb.RegistrationInProgress'],
  [150, 'Elb.InitialHealthChecking'],
  [600, undefined],
])('a pod that is %i seconds old is registered as %s', (ageSeconds, reason) => {
  const world = oneService({ targetType: 'ip' }, { replicas: 1 });
  const deployment = objectsOf(cluster(world), 'Deployment').find(({ metadata }) => metadata.name === 'web');
  if (deployment === undefined) throw new Error('no Deployment');
  scaleUp(world, cluster(world), { deployment, ageSeconds });
  const after = settle(world);
  expect(after.targetHealth).toHaveLength(2);
  expect(after.targetHealth[1]?.reason).toBe(reason);
});

test.each([
  ['lbc', true],
  ['ccm', false],
] as const)('a changed interval or protocol keeps the target group in place: %s %s', (controller, isKept) => {
  for (const change of [{ interval: '20' }, { protocol: 'http' }]) {
    const world = oneService({ controller });
    const before = world.targetGroups[0]?.arn;
    Object.assign(service(world).metadata.annotations, healthCheckAnnotations(change));
    const after = settle(world);
    expect(after.targetGroups).toHaveLength(1);
    expect(after.targetGroups[0]?.arn === before).toBe(isKept);
    expect(after.targetHealth).toHaveLength(3);
    expect(after.targetGroups[0]?.healthCheck).toMatchObject(
      'interval' in change ? { intervalSeconds: 20 } : { protocol: 'HTTP' },
    );
  }
});

test('a new NodePort registers the nodes again in the same group of the AWS Load Balancer Controller', () => {
  const world = oneService();
  const before = world.targetGroups[0];
  service(world).spec.ports[0].nodePort = 31999;
  const after = settle(world);
  const serving = after.targetHealth.filter(({ state }) => state !== 'draining');
  expect(serving.map(({ port }) => port)).toEqual([31999, 31999, 31999]);
  expect(after.targetGroups.map(({ arn }) => arn)).toEqual([before?.arn]);
});

test('another target type makes another target group', () => {
  const world = oneService({ targetType: 'instance' });
  const before = world.targetGroups[0]?.arn;
  service(world).metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-nlb-target-type'] = 'ip';
  const after = settle(world);
  expect(after.targetGroups).toHaveLength(1);
  expect(after.targetGroups[0]?.arn).not.toBe(before);
  expect(objectsOf(cluster(after), 'TargetGroupBinding')).toHaveLength(1);
});

test('a Service of another class is nobody’s', () => {
  const world = oneService();
  const alone = settle({ ...world, loadBalancers: [], listeners: [], targetGroups: [], registrations: [] });
  expect(alone.loadBalancers).toHaveLength(1);
  service(world).spec.loadBalancerClass = 'example.com/other';
  const foreign = settle({ ...world, loadBalancers: [], listeners: [], targetGroups: [], registrations: [] });
  expect(foreign.loadBalancers).toEqual([]);
});
