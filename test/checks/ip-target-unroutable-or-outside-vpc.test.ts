import { ipTargetUnroutableOrOutsideVpc } from '../../core/checks/network/ip-target-unroutable-or-outside-vpc.ts';
import type { RouteTable } from '../../core/model/aws.ts';
import { fail, sampleFacts, target } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const address = '172.16.4.20';
const outside = given(
  () => sampleFacts({ targetType: 'ip' }),
  ({ slices }) => {
    slices.targetHealth = [target({ id: address, zone: 'all' })];
    fail(slices.targetHealth);
  },
);
const routed = (route: Partial<RouteTable['routes'][number]>) =>
  given(outside, ({ slices }) => {
    for (const table of slices.routeTables)
      table.routes.push({ destination: '172.16.0.0/16', target: 'tgw-1', state: 'active', ...route });
  });

testCheck(ipTargetUnroutableOrOutsideVpc, {
  found: [
    {
      name: 'no route',
      facts: outside,
      targets: [address],
      confidence: 'confirmed',
      saw: `has no route to ${address}`,
    },
    {
      name: 'a route whose target is gone',
      facts: routed({ target: 'pcx-1', state: 'blackhole' }),
      targets: [address],
      confidence: 'confirmed',
      saw: 'the route to 172.16.0.0/16 through pcx-1 is a blackhole',
    },
    {
      name: 'no route from one zone',
      facts: given(routed({}), ({ slices }) => {
        const [main] = slices.routeTables;
        if (main === undefined) throw new Error('the sample has no route table');
        slices.routeTables.push({
          ...main,
          id: 'rtb-own',
          main: false,
          subnetIds: ['subnet-0aaaaaaaaaaaaaa02'],
          routes: main.routes.slice(0, 1),
        });
      }),
      targets: [address],
      confidence: 'confirmed',
      saw: 'rtb-own of subnet-0aaaaaaaaaaaaaa02 has no route',
    },
    {
      name: 'a route, and client addresses preserved',
      facts: given(routed({}), ({ slices }) => {
        for (const group of slices.targetGroups) group.attributes['preserve_client_ip.enabled'] = 'true';
      }),
      targets: [address],
      confidence: 'probable',
      saw: 'preserves client addresses',
    },
  ],
  ruledOut: [
    {
      name: 'a peered VPC, and client addresses preserved',
      facts: given(routed({ target: 'pcx-1' }), ({ slices }) => {
        for (const group of slices.targetGroups) group.attributes['preserve_client_ip.enabled'] = 'true';
      }),
    },
    { name: 'a route through a transit gateway', facts: routed({}) },
    {
      name: 'an address of the VPC',
      facts: given(
        () => sampleFacts({ targetType: 'ip' }),
        ({ slices }) => fail(slices.targetHealth),
      ),
    },
    {
      name: 'an address of a secondary range of the VPC',
      facts: given(outside, ({ slices }) => {
        for (const vpc of slices.vpcs) vpc.cidrs.push('172.16.0.0/16');
      }),
    },
  ],
});
