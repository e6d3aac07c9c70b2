import { expect, test } from 'vitest';
import type { Variant } from '../../lab/scenario.ts';
import { scenarios } from '../../lab/scenarios.ts';
import { clusterOf } from '../../lab/world/cluster.ts';
import { tenantNodes } from '../../lab/world/network/node-group.ts';
import { objectsOf } from '../../lab/world/object.ts';
import { shop } from '../../lab/world/shop.ts';
import { targetGroupArnsOf } from '../../lab/world/target-groups-of.ts';
import { clientsOf } from '../../scripts/accuracy/clients.ts';
import { truthOf } from '../../scripts/accuracy/oracle.ts';
import { build, type WorldPlan } from '../../scripts/accuracy/world-plan.ts';

/** A world in which these scenarios happen to service-1, service-2 and so on. */
function plan(...chosen: (string | [string, Variant])[]): WorldPlan {
  const incidents = chosen.map((each, index) => {
    const [id, variant] = typeof each === 'string' ? [each, {}] : each;
    const scenario = scenarios.find((known) => known.id === id);
    if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
    return { scenario, variant, cluster: 'shop', namespace: 'orders', service: `service-${index + 1}` };
  });
  return { name: '', incidents };
}

const truthAbout = (service: string, ...chosen: Parameters<typeof plan>) =>
  truthOf(plan(...chosen)).find((truth) => truth.service === service);

test('a Service of the same name in another cluster has clients of its own', () => {
  const world = build(plan('shared-target-group-conflict'), {});
  const place = { namespace: 'orders', name: 'service-1' };
  const other = targetGroupArnsOf(world, clusterOf(world, 'shop-green'), place);
  const own = targetGroupArnsOf(world, clusterOf(world, 'shop'), place);
  const clients = clientsOf(world);
  expect(other.filter((arn) => !own.includes(arn)).map((arn) => clients.get(arn))).toEqual(['served']);
});

test('the pods of a node group run on its nodes, whatever node groups came before', () => {
  const world = build(plan('host-firewall-or-kernel-setting', 'local-pods-on-leaving-nodes'), {});
  const cluster = clusterOf(world, 'shop');
  const nodes = tenantNodes(cluster, { namespace: 'orders', name: 'service-2' }).map(({ metadata }) => metadata.name);
  const pods = objectsOf(cluster, 'Pod').filter(({ metadata }) => metadata.labels['app'] === 'service-2');
  expect(pods.map(({ spec }) => nodes.includes(spec.nodeName ?? ''))).toEqual([true, true]);
});

test('the subnets that scenarios add are none of each other', () => {
  const known = new Set(shop().subnets.map(({ cidr }) => cidr));
  const added = scenarios.flatMap((scenario) => {
    const world = shop();
    scenario.arrange(world, clusterOf(world, 'shop'), { namespace: 'orders', name: 'checkout' });
    return world.subnets.flatMap(({ cidr }) => (known.has(cidr) || !cidr.endsWith('/20') ? [] : [cidr]));
  });
  expect(added.length).toBeGreaterThan(new Set(known).size);
  expect(added).toEqual([...new Set(added)]);
});

test('what the controller would have done to a Service, had it run, does not happen to it', () => {
  const truth = truthAbout('service-1', 'local-pods-on-leaving-nodes', 'controller-cannot-start');
  expect(truth).toMatchObject({ verdict: 'expected', cause: 'etp-local-no-local-pod' });
});

test('a controller that does not run makes no call that fails', () => {
  expect(truthAbout('service-2', 'controller-cannot-start', 'controller-throttled')?.cause).toBe(
    'controller-cannot-start',
  );
});

test('a listener that sends clients to an empty target group of somebody else is a fault, though the targets are as before', () => {
  const truth = truthAbout('service-1', ['listener-forwards-to-empty-group', { targetType: 'ip' }]);
  expect(truth).toMatchObject({ verdict: 'unhealthy', cause: 'listener-forwards-to-empty-group' });
});

test('ready endpoints that are left out are harm', () => {
  const truth = truthAbout('service-2', 'controller-target-cap', 'selector-matches-too-much');
  expect(truth?.cause).toBe('controller-target-cap');
});

test('of two reasons why no controller can write a rule either is the cause', () => {
  const truth = truthAbout('service-2', 'sg-cluster-tag-ambiguous', 'sg-rules-quota-exceeded');
  expect(truth?.names).toEqual(expect.arrayContaining(['sg-cluster-tag-ambiguous', 'sg-rules-quota-exceeded']));
});

test('a Service that has lost its load balancer is judged though its status is empty, one that never had any is not', () => {
  const inTree: Variant = { targetType: 'instance', controller: 'ccm' };
  const forgotten = truthAbout('service-1', ['load-balancer-forgotten', inTree]);
  expect(forgotten).toMatchObject({ cause: 'deleted-outside-kubernetes' });
  const refused = truthAbout('service-1', ['unhealthy-draining-by-design', inTree]);
  expect(refused?.verdict).toBe('never-made');
});
