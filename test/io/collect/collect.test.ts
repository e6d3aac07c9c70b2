import { expect, test } from 'vitest';
import { gatewayKinds } from '../../../config/gateway-kinds.ts';
import { awsActions, type KubernetesRead, kubernetesReads } from '../../../config/permissions.ts';
import type { Facts } from '../../../core/model/facts.ts';
import type { Inventory } from '../../../core/model/inventory.ts';
import { collect } from '../../../io/collect/collect.ts';
import { kubernetesSliceNames } from '../../../io/kubernetes/cluster.ts';
import { engineKinds } from '../../../io/kubernetes/engine-policy-kinds.ts';
import { survey } from '../../../io/survey/survey.ts';
import { demoWorld } from '../../../lab/demo.ts';
import type { World, WorldCluster } from '../../../lab/world/world.ts';
import { callsOf, type LabSession, labSession } from '../lab-session.ts';

const network = '127.73';

interface Run extends LabSession {
  inventory: Inventory;
  all: Facts[];
  /** Facts of one cluster, or of what no cluster owns. */
  of(cluster: string | null): Facts;
}

async function run(world: World, change = (inventory: Inventory): Inventory => inventory): Promise<Run> {
  const session = await labSession(world);
  const inventory = change((await survey(session.clients, {})).inventory);
  const all = await collect(inventory, session.clients);
  return {
    ...session,
    inventory,
    all,
    of(cluster) {
      const facts = all.find((each) => (each.cluster?.name ?? null) === cluster);
      if (facts === undefined) throw new Error(`no Facts of ${cluster}`);
      return facts;
    },
  };
}

/** The demo with one cluster changed. */
function demoWith(name: string, change: Partial<WorldCluster>): World {
  const world = demoWorld({ network });
  return {
    ...world,
    clusters: world.clusters.map((each) => (each.cluster.name === name ? { ...each, ...change } : each)),
  };
}

const objects = (world: World, cluster: string, kind: string) =>
  world.clusters.find((each) => each.cluster.name === cluster)?.objects.filter((object) => object.kind === kind) ?? [];

const names = (list: { metadata: { namespace?: string; name: string } }[]) =>
  list.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).toSorted();

test('there is one Facts for each cluster, with its own target groups only and without gaps', async () => {
  const { all, of, lab } = await run(demoWorld({ network }));

  expect(all.map(({ cluster, gaps }) => [cluster?.name, gaps])).toEqual([
    ['shop', []],
    ['payments', []],
  ]);
  for (const name of ['shop', 'payments']) {
    const { slices, owners } = of(name);
    const own = slices.targetGroups.map(({ arn }) => arn);
    expect(own.length).toBeGreaterThan(0);
    expect(slices.targetGroups.every(({ tags }) => tags['elbv2.k8s.aws/cluster'] === name)).toBe(true);
    expect(new Set(slices.targetHealth)).toEqual(
      new Set(lab.world.targetHealth.filter(({ targetGroupArn }) => own.includes(targetGroupArn))),
    );
    expect(owners.map(({ targetGroupArn }) => targetGroupArn).toSorted()).toEqual(own.toSorted());
  }
});

test('the Kubernetes slices are what the API server holds', async () => {
  const { of, lab } = await run(demoWorld({ network }));
  const { slices } = of('shop');

  for (const [kind, list] of [
    ['Service', slices.services],
    ['Pod', slices.pods],
    ['Node', slices.nodes],
    ['EndpointSlice', slices.endpointSlices],
    ['TargetGroupBinding', slices.targetGroupBindings],
    ['Lease', slices.leases],
  ] as const) {
    expect(list.length).toBeGreaterThan(0);
    expect([kind, names(list)]).toEqual([kind, names(objects(lab.world, 'shop', kind) as never)]);
  }
  expect(slices.events.length).toBe(objects(lab.world, 'shop', 'Event').length);
  expect(new Set(slices.workloads.map(({ kind }) => kind))).toEqual(new Set(['Deployment', 'ReplicaSet', 'DaemonSet']));
});

test('the EC2 slices are what the VPC holds, and two clusters in it cost one reading', async () => {
  const session = await run(demoWorld({ network }));
  const { vpcs, subnets, instances, networkInterfaces, securityGroups, networkAcls, routeTables } = session.lab.world;

  expect(session.of('shop').slices).toMatchObject({ vpcs, subnets, instances, networkInterfaces, securityGroups });
  expect(session.of('payments').slices).toMatchObject({ networkAcls, routeTables });
  for (const { service, action } of session.lab.calls.filter((call) => call.service === 'ec2')) {
    expect([action, callsOf(session, `${service}:${action}`)]).toEqual([action, 1]);
  }
});

test('Kubernetes calls are counted beside those of AWS', async () => {
  const { clients, lab } = await run(demoWorld({ network }));
  expect(clients.usage().apiCalls['kubernetes:list pods']).toBe(2);
  expect(lab.calls.filter(({ action }) => action === 'list pods')).toHaveLength(2);
});

/** False for kinds that exist only where their network engine, EKS Auto Mode or the Gateway API is installed: this account has none. */
const isEverywhere = ({ group, resource }: KubernetesRead): boolean =>
  resource !== 'nodeclasses' && ![...engineKinds, ...gatewayKinds].some((kind) => kind.group === group);

test('what is listed as permission to read is called, and nothing else', async () => {
  const { clients } = await run(demoWorld({ network }));
  const called = Object.keys(clients.usage().apiCalls);
  const listed = [
    ...awsActions.flatMap(({ action, function: user, onlyWith }) =>
      user === 'auditor' && onlyWith === undefined ? action : [],
    ),
    ...kubernetesReads
      .filter(isEverywhere)
      .flatMap(({ resource, verbs }) => verbs.map((verb) => `kubernetes:${verb} ${resource}`)),
  ];
  // Discovery, which Kubernetes permits to whoever is signed in (ClusterRole system:discovery).
  expect(called.filter((action) => !listed.includes(action))).toEqual(['kubernetes:get apigroups']);
  expect(listed.filter((action) => !called.includes(action) && !/^(dynamodb|s3):/.test(action))).toEqual([
    // Requested only when no ARN was seen, where a finding is about what EKS may own, and where rules name prefix lists.
    'sts:GetCallerIdentity',
    'eks:DescribeAddon',
    'eks:ListCapabilities',
    'ec2:GetManagedPrefixListEntries',
  ]);
});

test('a cluster that cannot be reached has a gap on every Kubernetes slice, the others are complete', async () => {
  const { of, clients } = await run(demoWith('payments', { reachable: false }));
  const { gaps, slices } = of('payments');

  expect(new Set(gaps.map(({ slice }) => slice))).toEqual(new Set(kubernetesSliceNames));
  for (const gap of gaps) {
    expect(gap).toMatchObject({ reason: 'unreachable', scope: { kind: 'cluster', name: 'payments' } });
    expect(gap.message).toMatch(/ECONNREFUSED/);
    expect(gap.remedy).toContain('payments');
  }
  expect(slices.targetGroups.length).toBeGreaterThan(0);
  expect(of('shop').gaps).toEqual([]);
  expect(clients.usage().apiCalls['kubernetes:list pods']).toBe(1);
});

test('a cluster that does not know the auditor has a gap on every Kubernetes slice', async () => {
  const { all } = await run(demoWorld({ network }), (inventory) => ({
    ...inventory,
    clusters: inventory.clusters.slice(0, 1).map((cluster) => ({ ...cluster, name: 'renamed' })),
  }));
  const gaps = all.find(({ cluster }) => cluster?.name === 'renamed')?.gaps ?? [];

  expect(new Set(gaps.map(({ slice }) => slice))).toEqual(new Set(kubernetesSliceNames));
  expect(new Set(gaps.map(({ reason }) => reason))).toEqual(new Set(['denied']));
});

test('a server that the certificate authority of the cluster did not sign gets no token', async () => {
  const { of, lab } = await run(demoWorld({ network }), (inventory) => {
    const [first, second] = inventory.clusters;
    if (first === undefined || second === undefined) throw new Error('the demo has two clusters');
    const certificateAuthority = second.certificateAuthority;
    return { ...inventory, clusters: [{ ...first, certificateAuthority }, second] };
  });

  expect(of('shop').gaps.map(({ reason }) => reason)).toEqual(kubernetesSliceNames.map(() => 'unreachable'));
  expect(lab.calls.filter(({ service }) => service === 'kubernetes/payments').length).toBeGreaterThan(0);
  expect(lab.calls.filter(({ service }) => service === 'kubernetes/shop')).toEqual([]);
});

test.each([
  ['list nodes', ['nodes'], 'AmazonAIOpsAssistantPolicy'],
  ['list pods', ['podLogs', 'pods'], 'AmazonEKSViewPolicy'],
  ['list endpointslices', ['endpointSlices'], 'AmazonEKSViewPolicy'],
  ['list daemonsets', ['workloads'], 'AmazonEKSViewPolicy'],
  ['get pods/log', ['podLogs'], 'AmazonEKSViewPolicy'],
  ['list targetgroupbindings', ['targetGroupBindings'], 'docs/rbac.yaml'],
  ['get leases', ['leases'], 'docs/rbac.yaml'],
])('a refusal to %s hides only %j', async (action, slices, remedy) => {
  const { of } = await run(demoWith('shop', { forbidden: [action] }));
  const { gaps } = of('shop');

  expect(gaps.map(({ slice }) => slice)).toEqual(slices);
  for (const gap of gaps) {
    expect(gap).toMatchObject({ action, reason: 'denied', remedy: expect.stringContaining(remedy) });
    expect(gap.message).toMatch(/forbidden/);
  }
  expect(of('payments').gaps).toEqual([]);
});

test('a kind of binding that is not installed is no gap', async () => {
  const { of, lab } = await run(demoWith('shop', { cluster: { ...clusterOf('shop'), autoModeLoadBalancing: true } }));
  const notServed = 'GET /apis/eks.amazonaws.com/v1/targetgroupbindings';
  expect(lab.calls).toContainEqual(expect.objectContaining({ action: notServed, status: 404 }));
  expect(of('shop').gaps).toEqual([]);
  expect(of('shop').slices.targetGroupBindings.length).toBeGreaterThan(0);
});

test('a target group that nothing claims is in the Facts of its VPC', async () => {
  const world = demoWorld({ network });
  const [group] = world.targetGroups;
  if (group === undefined) throw new Error('the demo has target groups');
  const orphan = { ...group, arn: group.arn.replace('/k8s-', '/own-'), name: 'own', tags: {}, loadBalancerArns: [] };
  world.targetGroups.push(orphan);
  const { of } = await run(world);

  const { vpcId, slices, owners, gaps } = of(null);
  expect({ vpcId, owners, gaps }).toEqual({ vpcId: orphan.vpcId, owners: [], gaps: [] });
  expect(slices.targetGroups).toEqual([orphan]);
  expect(slices.subnets).toEqual(world.subnets);
  expect(of('shop').slices.targetGroups.map(({ arn }) => arn)).not.toContain(orphan.arn);
});

test('while a cluster of the VPC is silent, nobody can say that a target group is unowned', async () => {
  const world = demoWith('payments', { reachable: false });
  world.targetGroups = world.targetGroups.map((group) =>
    group.tags['elbv2.k8s.aws/cluster'] === 'payments' ? { ...group, tags: {}, loadBalancerArns: [] } : group,
  );
  const { of } = await run(world);

  expect(of(null).slices.targetGroups.length).toBeGreaterThan(0);
  expect(
    of(null)
      .gaps.map(({ slice }) => slice)
      .toSorted(),
  ).toEqual(['services', 'targetGroupBindings']);
});

test('what a cluster owns that could not be described is unknown, not unowned', async () => {
  const world = {
    ...demoWorld({ network }),
    refusals: [{ action: 'eks:DescribeCluster', error: 'AccessDenied' as const }],
  };
  const { all, of } = await run(world);

  expect(all).toHaveLength(1);
  const { owners, gaps, slices } = of(null);
  expect(owners.map(({ cluster }) => cluster)).toContain('payments');
  expect(gaps.filter(({ slice }) => slice === 'clusters').map(({ scope }) => scope.kind)).toContain('cluster');
  for (const { arn } of slices.targetGroups) {
    const hidden = gaps.filter(({ scope }) => scope.kind === 'target-group' && scope.arn === arn);
    expect(hidden.map(({ slice, action }) => [slice, action])).toEqual(
      kubernetesSliceNames.map((slice) => [slice, 'eks:DescribeCluster']),
    );
  }
});

test('what a cluster owns in a VPC that was asked for alone is unknown too', async () => {
  const { of } = await run(demoWorld({ network }), (inventory) => ({
    ...inventory,
    clusters: inventory.clusters.filter(({ name }) => name === 'shop'),
  }));
  const { gaps, slices } = of(null);
  expect(slices.targetGroups.length).toBeGreaterThan(0);
  expect(gaps).toHaveLength(slices.targetGroups.length * kubernetesSliceNames.length);
  expect(new Set(gaps.map(({ reason }) => reason))).toEqual(new Set(['not-requested']));
});

test('a refused EC2 call hides its slice in every Facts of the VPC', async () => {
  const world = {
    ...demoWorld({ network }),
    refusals: [{ action: 'ec2:DescribeSecurityGroupRules', error: 'AccessDenied' as const }],
  };
  const { all } = await run(world);

  for (const { gaps } of all) {
    expect(gaps.map(({ slice, reason }) => [slice, reason])).toEqual([
      ['prefixLists', 'denied'],
      ['securityGroups', 'denied'],
    ]);
  }
});

test('prefix lists that rules and routes name are read with their entries', async () => {
  const world = demoWorld({ network });
  const prefixList = { id: 'pl-0a1b2c3d4e5f60718', cidrs: ['10.9.0.0/16'] };
  const offices = { id: 'pl-0f1e2d3c4b5a69788', cidrs: ['192.168.0.0/16'] };
  const [group] = world.securityGroups;
  for (const { routes } of world.routeTables)
    routes.push({ destination: offices.id, target: 'tgw-0123456789abcdef0', state: 'active' });
  group?.rules.push({
    id: 'sgr-1',
    egress: false,
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    prefixListId: prefixList.id,
  });
  world.prefixLists.push(prefixList, offices);
  const { of } = await run(world);
  expect(of('shop').slices.prefixLists).toEqual([prefixList, offices]);
});

test('security groups of another VPC are read where an interface of this one has them', async () => {
  const world = demoWorld({ network });
  const [group] = world.securityGroups;
  const [networkInterface] = world.networkInterfaces;
  if (group === undefined || networkInterface === undefined) throw new Error('the world has no network');
  const shared = { ...group, id: 'sg-0f1e2d3c4b5a69788', name: 'shared', vpcId: 'vpc-0123456789abcdef0' };
  world.securityGroups.push(shared, { ...shared, id: 'sg-0f1e2d3c4b5a69789' });
  networkInterface.securityGroups.push(shared.id);
  const { of } = await run(world);
  const foreign = of('shop').slices.securityGroups.filter(({ vpcId }) => vpcId === shared.vpcId);
  expect(foreign).toEqual([shared]);
});

test('logs of crashing containers are kept without their secrets', async () => {
  const { of, lab } = await run(demoWorld({ network }));
  const served = JSON.stringify(lab.world.clusters.map(({ logs }) => logs));
  const [, password = ''] = /password=(\w+)/.exec(served) ?? [];
  expect(password).not.toBe('');

  const { podLogs } = of('shop').slices;
  const [crashed] = podLogs.filter(({ namespace }) => namespace === 'orders');
  expect(crashed).toMatchObject({ namespace: 'orders', container: 'checkout', previous: true });
  expect(crashed?.lines.join('\n')).toContain('connection refused');
  expect(JSON.stringify(of('shop'))).not.toContain(password);
});

test('the token of a cluster stays out of the Facts', async () => {
  const { all, lab } = await run(demoWorld({ network }));
  expect(lab.calls.some(({ service, status }) => service === 'kubernetes/shop' && status === 200)).toBe(true);
  expect(JSON.stringify(all)).not.toContain('k8s-aws-v1.');
});

test('the vantage is where the network interface with an address of this machine is', async () => {
  const { all, lab } = await run(demoWorld({ network }));
  const { vpcId, subnetId, securityGroupId } = lab.world.prober;
  expect(all[0]?.vantage).toEqual({ kind: 'vpc', vpcId, subnetIds: [subnetId], securityGroupIds: [securityGroupId] });
});

function clusterOf(name: string) {
  const found = demoWorld({ network }).clusters.find(({ cluster }) => cluster.name === name);
  if (found === undefined) throw new Error(`the demo has no cluster ${name}`);
  return found.cluster;
}

test('a bug in the reading of one cluster is a gap there, and the rest of the account is read', async () => {
  const session = await labSession(demoWorld({ network }));
  const { inventory } = await survey(session.clients, {});
  const kubernetes: typeof session.clients.kubernetes = (cluster, signal) => {
    if (cluster.name === 'payments') throw new TypeError('token=abcdefgh12345678 is not a function');
    return session.clients.kubernetes(cluster, signal);
  };
  const all = await collect(inventory, { ...session.clients, kubernetes });
  const gapsOf = (name: string) => all.find(({ cluster }) => cluster?.name === name)?.gaps ?? [];

  expect(gapsOf('payments').map(({ slice, reason }) => [slice, reason])).toEqual(
    kubernetesSliceNames.map((slice) => [slice, 'bug']),
  );
  expect(gapsOf('payments')[0]?.message).toMatch(/^TypeError: .*is not a function \(collect\.test\.ts:\d+\)$/);
  expect(JSON.stringify(all)).not.toContain('abcdefgh12345678');
  expect(gapsOf('shop')).toEqual([]);
});

test('a bug in the reading of a VPC is a gap there, and the clusters are read', async () => {
  const session = await labSession(demoWorld({ network }));
  const { inventory } = await survey(session.clients, {});
  const { ec2 } = session.clients;
  ec2.middlewareStack.add(
    (next) => async (args) => {
      const { output, response } = await next(args);
      return { response, output: 'Subnets' in output ? { ...output, Subnets: [null] as never } : output };
    },
    { step: 'initialize', name: 'breakSubnets' },
  );
  const all = await collect(inventory, session.clients);

  expect(all.map(({ gaps }) => gaps.map(({ slice, reason }) => [slice, reason]))).toEqual([
    [['subnets', 'bug']],
    [['subnets', 'bug']],
  ]);
  expect(all[0]?.slices.pods.length).toBeGreaterThan(0);
});
