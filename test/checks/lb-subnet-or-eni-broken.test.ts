import { expect, test } from 'vitest';
import { lbSubnetOrEniBroken } from '../../core/checks/network/lb-subnet-or-eni-broken.ts';
import type { Facts } from '../../core/model/facts.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { fail, instanceId, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const isOfLoadBalancer = ({ interfaceType }: { interfaceType: string }) => interfaceType === 'network_load_balancer';
const failing = given(sampleFacts, ({ slices }) => fail(slices.targetHealth));
const lose = ({ slices }: Facts, ...zones: string[]) => {
  slices.networkInterfaces = slices.networkInterfaces.filter(
    (each) => !isOfLoadBalancer(each) || !zones.includes(each.zone),
  );
};
const routes = (state: string) => [
  {
    id: 'rtb-1',
    vpcId: 'vpc-0aaaaaaaaaaaaaa01',
    main: true,
    subnetIds: [],
    routes: [
      { destination: '0.0.0.0/0', target: 'nat-1', state: 'active' },
      { destination: '10.0.0.0/16', target: 'pcx-1', state },
    ],
  },
];

testCheck(lbSubnetOrEniBroken, {
  found: [
    {
      name: 'no interface in one zone, for the targets of that zone',
      facts: given(failing, (facts) => lose(facts, 'eu-west-1b')),
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: 'eu-west-1b: no network interface of k8s-shop-web in subnet-0aaaaaaaaaaaaaa01',
      values: { remaining: '["subnet-0aaaaaaaaaaaaaa00","subnet-0aaaaaaaaaaaaaa02"]' },
    },
    {
      name: 'no interface in the zone of a pod with an address of a delegated prefix',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        (facts) => {
          lose(facts, 'eu-west-1b');
          for (const each of facts.slices.networkInterfaces)
            if (each.instanceId === instanceId(1)) each.prefixes = ['10.0.1.160/28'];
          facts.slices.targetHealth = [target({ id: '10.0.1.170', zone: 'eu-west-1b' })];
          fail(facts.slices.targetHealth);
        },
      ),
      targets: ['10.0.1.170'],
      confidence: 'probable',
      saw: 'eu-west-1b: no network interface',
    },
    {
      name: 'no interface in any zone',
      facts: given(failing, (facts) => lose(facts, 'eu-west-1a', 'eu-west-1b', 'eu-west-1c')),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'no network interface',
      values: { allBroken: 'eu-west-1a, eu-west-1b, eu-west-1c' },
    },
    {
      name: 'an interface that is not in use',
      facts: given(failing, ({ slices }) => {
        for (const each of slices.networkInterfaces)
          if (isOfLoadBalancer(each) && each.zone === 'eu-west-1c') each.status = 'available';
      }),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: 'is available',
    },
    {
      name: 'a subnet that does not exist',
      facts: given(failing, ({ slices }) => {
        slices.subnets = slices.subnets.slice(0, 2);
      }),
      targets: [instanceId(2)],
      confidence: 'probable',
      saw: 'subnet subnet-0aaaaaaaaaaaaaa02 does not exist',
    },
    {
      name: 'routes into nothing',
      facts: given(failing, ({ slices }) => {
        slices.routeTables = routes('blackhole');
      }),
      targets: [instanceId(0), instanceId(1), instanceId(2)],
      confidence: 'confirmed',
      saw: 'the route from subnet-0aaaaaaaaaaaaaa00 to 10.0.1.10 is a black hole',
    },
    {
      name: 'a lost zone while every target is healthy',
      facts: given(sampleFacts, (facts) => lose(facts, 'eu-west-1b')),
      targets: [],
      confidence: 'probable',
      saw: 'eu-west-1b',
    },
  ],
  ruledOut: [
    { name: 'failing targets behind a sound load balancer', facts: failing },
    {
      name: 'sound routes',
      facts: given(failing, ({ slices }) => {
        slices.routeTables = routes('active');
      }),
    },
    {
      name: 'a load balancer that is not set up yet',
      facts: given(failing, (facts) => {
        lose(facts, 'eu-west-1a', 'eu-west-1b', 'eu-west-1c');
        for (const balancer of facts.slices.loadBalancers) balancer.state = 'provisioning';
      }),
    },
    {
      name: 'a load balancer of a VPC that was not read',
      facts: given(failing, ({ slices }) => {
        slices.subnets = [];
      }),
    },
  ],
});

test('names no subnets where routes alone are broken', () => {
  const facts = failing();
  facts.slices.routeTables = routes('blackhole');
  const [group] = groupsOf(facts);
  const found = group === undefined ? [] : lbSubnetOrEniBroken.run(group, facts.slices);
  expect(found?.map(({ values }) => values)).toEqual([{}, {}, {}]);
});
