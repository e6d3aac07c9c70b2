import { describe, expect, test } from 'vitest';
import { settle } from '../../../lab/settle.ts';
import { allowAllEgress, ingress, nodeSecurityGroup } from '../../../lab/world/cluster.ts';
import { resourceId } from '../../../lab/world/identifier.ts';
import { addPodSecurityGroup, giveBranchInterface } from '../../../lab/world/network/branch-interface.ts';
import { addNetworkPolicy } from '../../../lab/world/network/network-policy.ts';
import { addRouteTo, moveOut, networkOutside } from '../../../lab/world/network/outside-vpc.ts';
import { enforceNetworkPolicies, setCni } from '../../../lab/world/network/vpc-cni.ts';
import { objectsOf } from '../../../lab/world/object.ts';
import type { ServiceOptions } from '../../../lab/world/service.ts';
import type { World } from '../../../lab/world/world.ts';
import { cluster, oneService, place, pods, states } from './one-service.ts';

const asItIs = (world: World) => settle(world, { reconcile: false });
const ip = () => oneService({ targetType: 'ip' });
const all = (state: string) => [state, state, state];

describe('NetworkPolicies', () => {
  const withPolicy = (world: World, ingressRules: object[]) => {
    const own = cluster(world);
    addNetworkPolicy(world, own, {
      namespace: place.namespace,
      name: 'web',
      ingress: ingressRules,
    });
    return states(asItIs(world));
  };
  const enforced = (service: Partial<ServiceOptions> = { targetType: 'ip' }, replicas = 3) => {
    const world = oneService(service, { replicas });
    enforceNetworkPolicies(world, cluster(world));
    return world;
  };

  test('do nothing without an engine', () => {
    expect(withPolicy(ip(), [])).toEqual(all('healthy'));
  });

  test('shut the load balancer out unless an ipBlock covers it on the port of the pods', () => {
    expect(withPolicy(enforced(), [])).toEqual(all('unhealthy'));
    expect(withPolicy(enforced(), [{ from: [{ namespaceSelector: {} }] }])).toEqual(all('unhealthy'));
    const subnets = [{ ipBlock: { cidr: '127.20.0.0/16' } }];
    expect(withPolicy(enforced(), [{ from: subnets, ports: [{ port: 80 }] }])).toEqual(all('unhealthy'));
    expect(withPolicy(enforced(), [{ from: subnets, ports: [{ port: 'http' }] }])).toEqual(all('healthy'));
    expect(withPolicy(enforced(), [{ from: subnets, ports: [{ port: 8000, endPort: 9000 }] }])).toEqual(all('healthy'));
  });

  test('let a node reach its own pods and no others', () => {
    expect(withPolicy(enforced({}, 1), [])).toEqual(['healthy', 'unhealthy', 'unhealthy']);
  });

  test('are asked for by strict mode', () => {
    const world = enforced();
    setCni(cluster(world), { NETWORK_POLICY_ENFORCING_MODE: 'strict' });
    expect(states(asItIs(world))).toEqual(all('unhealthy'));
    expect(withPolicy(world, [{}])).toEqual(all('healthy'));
  });
});

describe('a NodePort under Local', () => {
  const onTrafficPort: Partial<ServiceOptions> = {
    externalTrafficPolicy: 'Local',
    healthCheck: { protocol: 'tcp', port: 'traffic-port' },
  };

  test('loses the answers of pods on secondary interfaces without the support of the CNI', () => {
    const world = oneService(onTrafficPort);
    expect(states(world)).toEqual(all('healthy'));
    setCni(cluster(world), { AWS_VPC_CNI_NODE_PORT_SUPPORT: 'false' });
    expect(states(asItIs(world))).toEqual(all('unhealthy'));
  });

  test('under Cluster does not: the node puts its own address in place of the sender’s', () => {
    const world = oneService();
    setCni(cluster(world), { AWS_VPC_CNI_NODE_PORT_SUPPORT: 'false' });
    expect(states(asItIs(world))).toEqual(all('healthy'));
  });

  test('does not reach branch interfaces, but in standard mode', () => {
    const world = oneService(onTrafficPort);
    const group = addPodSecurityGroup(world, cluster(world), { name: 'pods' });
    for (const pod of pods(world)) giveBranchInterface(world, pod, [group.id]);
    expect(states(asItIs(world))).toEqual(all('unhealthy'));
    setCni(cluster(world), { POD_SECURITY_GROUP_ENFORCING_MODE: 'standard' });
    expect(states(asItIs(world))).toEqual(all('healthy'));
  });
});

describe('machines', () => {
  const firstNode = (world: World): string => objectsOf(cluster(world), 'Node')[0]?.metadata.name ?? '';

  test('with a firewall answer only on the ports that it lets in', () => {
    const world = oneService({ ports: [{ port: 80, targetPort: 8080, nodePort: 30500 }] });
    cluster(world).hostFirewalls = { [firstNode(world)]: [10250] };
    expect(states(asItIs(world))).toEqual(['unhealthy', 'healthy', 'healthy']);
    cluster(world).hostFirewalls = { [firstNode(world)]: [10250, 30500] };
    expect(states(asItIs(world))).toEqual(all('healthy'));
  });

  test('over an allowance take no new connection', () => {
    const world = oneService();
    cluster(world).exhaustedNodes = [firstNode(world)];
    expect(states(asItIs(world))[0]).toBe('unhealthy');
  });

  test('that lose packets fail their checks, and answer those that arrive', () => {
    const world = oneService();
    cluster(world).lossyNodes = [firstNode(world)];
    const settled = asItIs(world);
    expect(states(settled)).toEqual(['unhealthy', 'healthy', 'healthy']);
    expect(settled.sockets.some(({ behaviour }) => behaviour.kind === 'lossy')).toBe(true);
  });

  test('with a leg in the sender’s subnet answer there', () => {
    const world = oneService();
    const [node] = world.networkInterfaces.filter(({ deviceIndex }) => deviceIndex === 0);
    const others = world.subnets.filter(({ id, tags }) => id !== node?.subnetId && tags['Name'] !== 'eks-nlb-auditor');
    if (node === undefined) throw new Error('no node');
    const leg = { ...node, privateIps: [], deviceIndex: 2 };
    for (const [index, { id }] of others.entries()) {
      world.networkInterfaces.push({ ...leg, id: `eni-leg${index}`, subnetId: id });
    }
    expect(states(asItIs(world))).toEqual(['unhealthy', 'healthy', 'healthy']);
    for (const each of world.networkInterfaces) if (each.id.startsWith('eni-leg')) each.description = 'aws-K8S-i';
    expect(states(asItIs(world))).toEqual(all('healthy'));
  });
});

test('pods outside the VPC need a route, and one through the Internet is none', () => {
  const world = ip();
  const block = networkOutside(world);
  for (const [index, pod] of pods(world).entries()) moveOut(world, pod, block, index);
  const cut = settle(world);
  const outside = cut.targetHealth.filter(({ id }) => id.startsWith('127.20.192.'));
  expect(outside.map(({ state, zone }) => [state, zone])).toEqual([
    ['unhealthy', 'all'],
    ['unhealthy', 'all'],
    ['unhealthy', 'all'],
  ]);
  addRouteTo(cut, block);
  const routed = asItIs(cut).targetHealth.filter(({ id }) => id.startsWith('127.20.192.'));
  expect(routed.map(({ state }) => state)).toEqual(all('healthy'));
});

describe('the controller', () => {
  const shared = 'elbv2.k8s.aws/targetGroupBinding=shared';

  test('leaves rules alone for security groups that the Service brings, unless it is asked', () => {
    const group = resourceId('sg', 'brought');
    const build = (annotations: Record<string, string>) => {
      const brought = { id: group, name: 'brought', vpcId: 'vpc-1', tags: {}, rules: [allowAllEgress('brought')] };
      const world = oneService({ annotations }, {}, [brought]);
      return { world, groups: world.loadBalancers.at(-1)?.securityGroups };
    };
    const own = { 'service.beta.kubernetes.io/aws-load-balancer-security-groups': group };
    expect(states(build(own).world)).toEqual(all('unhealthy'));
    expect(build(own).groups).toEqual([group]);
    const asked = {
      ...own,
      'service.beta.kubernetes.io/aws-load-balancer-manage-backend-security-group-rules': 'true',
    };
    expect(build(asked).groups).toHaveLength(2);
  });

  test('writes its rule on the security group of pods that have their own', () => {
    const world = ip();
    const group = addPodSecurityGroup(world, cluster(world), { name: 'pods' });
    for (const pod of pods(world)) giveBranchInterface(world, pod, [group.id]);
    expect(states(asItIs(world))).toEqual(all('unhealthy'));
    const settled = settle(world);
    expect(states(settled)).toEqual(all('healthy'));
    const rules = settled.securityGroups.find(({ id }) => id === group.id)?.rules ?? [];
    expect(rules.filter(({ description }) => description === shared)).toHaveLength(1);
  });

  test('complains of two tagged security groups and keeps the rule that it has', () => {
    const world = ip();
    const extra = cluster(world).cluster.clusterSecurityGroupId ?? '';
    for (const each of world.networkInterfaces) if (each.instanceId !== undefined) each.securityGroups.push(extra);
    const settled = settle(world);
    expect(states(settled)).toEqual(all('healthy'));
    const events = objectsOf(cluster(settled), 'Event').filter((event) => event['reason'] === 'FailedNetworkReconcile');
    expect(events.map((event) => event['message'])).toEqual([
      expect.stringMatching(/^expected exactly one securityGroup tagged with kubernetes\.io\/cluster\//),
    ]);
  });

  test('cloud-provider-aws opens the nodes to source ranges and, apart from them, to its health checks', () => {
    const world = oneService({ controller: 'ccm', loadBalancerSourceRanges: ['203.0.113.0/24'] });
    expect(states(world)).toEqual(all('healthy'));
    const own = nodeSecurityGroup(world, cluster(world)).rules.filter(({ description }) =>
      description?.startsWith('kubernetes.io/rule/nlb/'),
    );
    expect(own.map(({ cidrIpv4 }) => cidrIpv4)).toEqual([
      '127.20.0.0/20',
      '127.20.16.0/20',
      '127.20.32.0/20',
      '203.0.113.0/24',
      '203.0.113.0/24',
    ]);
    expect(own.map(({ protocol }) => protocol)).toEqual(['tcp', 'tcp', 'tcp', 'tcp', 'icmp']);
  });

  test('cloud-provider-aws is refused by a full security group', () => {
    const world = oneService({ controller: 'ccm' });
    const group = nodeSecurityGroup(world, cluster(world));
    group.rules = [
      ...group.rules.filter(({ description }) => !description?.startsWith('kubernetes.io/rule/nlb/')),
      ...Array.from({ length: 60 }, (_, index) => ingress(`filler ${index}`, { fromPort: 1, toPort: 1 })),
    ];
    const settled = settle(world);
    expect(states(settled)).toEqual(all('unhealthy'));
    const messages = objectsOf(cluster(settled), 'Event').map((event) => event['message']);
    expect(messages.some((message) => message.includes('RulesPerSecurityGroupLimitExceeded'))).toBe(true);
  });
});
