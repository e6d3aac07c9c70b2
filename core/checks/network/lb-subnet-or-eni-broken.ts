import { check } from '../../diagnosis/check.ts';
import type { LoadBalancer, NetworkInterface, RouteTable, Subnet } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import { withId } from '../../model/indexed.ts';
import { contains } from '../../network/address.ts';
import { addressOf, interfaceOf, loadBalancerInterfaces } from '../../network/interfaces.ts';
import { subnetsWith } from '../../network/load-balancer-subnets.ts';
import { routeTableOf } from '../../network/route-tables.ts';

export const lbSubnetOrEniBroken = check({
  id: 'lb-subnet-or-eni-broken',
  kind: 'fault',
  riskWhenHealthy: true,
  beforeTargets: true,
  stage: 'network',
  severity: 'critical',
  title: 'A zone of the load balancer has lost its subnet, its network interface or its route',
  symptom: 'One zone fails as a whole, or the load balancer has no network interface there.',
  why: `In each of its zones a Network Load Balancer works through one network interface in one subnet. Without that interface, or without
a route from that subnet to the target, no health check leaves the zone.`,
  proof: `A zone of an active load balancer names a subnet that does not exist or in which it has no interface in use; or the most specific
route from its subnet to the target is a black hole. It is confirmed where that is so of every zone: then no client gets in either.`,
  nearMisses: [
    'A subnet with interfaces of a load balancer cannot be deleted, so a missing one is rare.',
    'A load balancer that is not active yet has no interfaces.',
  ],
  decidedBy:
    'HealthyHostCount of the zone in CloudWatch, and the answer of AWS Support on the state of the load balancer',
  fix: [
    {
      text: 'If a zone has lost its subnet or interface, first take the zone out: one call does not exchange the subnet of a zone.',
      change: { aws: 'elbv2 set-subnets', options: { 'load-balancer-arn': '{loadBalancer}', subnets: '{remaining}' } },
      when: 'remaining',
      disturbs: 'Connections through the zone end, and its addresses are given up.',
    },
    {
      text: 'Then add the zone with a working subnet; the load balancer creates a new interface there.',
      change: { aws: 'elbv2 set-subnets', options: { 'load-balancer-arn': '{loadBalancer}', subnets: '{subnets}' } },
      when: 'remaining',
      disturbs: 'The zone gets new addresses.',
    },
    {
      text: 'No zone works, so first set working subnets of other zones; after that the present zones can be added again with working subnets.',
      when: 'allBroken',
    },
    {
      text: 'If a route is a black hole, point it to a gateway or peering that exists; this command lists those of the VPC.',
      look: {
        aws: 'ec2 describe-route-tables',
        options: `--filters Name=vpc-id,Values={vpc} Name=route.state,Values=blackhole --query "RouteTables[].Routes[?State=='blackhole']"`,
      },
    },
  ],
  links: ['https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html'],
  masks: ['ip-target-unroutable-or-outside-vpc'],
  needs: ['loadBalancers', 'subnets', 'networkInterfaces'],
  optional: ['routeTables'],

  run(group, { subnets, networkInterfaces, routeTables }): Evidence[] {
    const { loadBalancer, failing, nonHealthy } = group;
    if (loadBalancer?.state !== 'active' || !subnets.some(({ vpcId }) => vpcId === loadBalancer.vpcId)) return [];
    const broken = loadBalancer.zones.flatMap((zone) => {
      const what = whatIsBroken(zone, { loadBalancer, subnets, networkInterfaces });
      return what === undefined ? [] : [{ zone: zone.name, what }];
    });
    const holed = loadBalancer.zones.filter(({ subnetId }) => hasBlackHole(subnetId, routeTables ?? []));
    if (broken.length === 0 && (holed.length === 0 || nonHealthy.length === 0)) return [];
    const expected = 'a network interface in use in every zone, with a route to the targets';
    const lost = broken.map(({ zone }) => zone);
    const remaining = loadBalancer.zones.filter(({ name }) => !lost.includes(name)).map(({ subnetId }) => subnetId);
    const values = valuesOf(lost, { remaining, subnets: subnetsWith(loadBalancer, lost, subnets) });
    if (nonHealthy.length === 0) {
      return broken.map(({ zone, what }) => ({ saw: `${zone}: ${what}`, expected, confidence: 'probable', values }));
    }
    const isAlone = broken.length === loadBalancer.zones.length;
    return failing.flatMap((target): Evidence[] => {
      const address = addressOf(target, group.targetGroup, networkInterfaces);
      const zone = interfaceOf(target, group.targetGroup, networkInterfaces)?.zone ?? target.zone;
      const concerned = broken.filter((one) => isAlone || one.zone === zone);
      const holes = holed.filter(
        ({ subnetId }) => address !== undefined && isBlackHole(subnetId, address, routeTables ?? []),
      );
      if (concerned.length === 0 && holes.length === 0) return [];
      const reported = [
        ...concerned.map((one) => `${one.zone}: ${one.what}`),
        ...holes.map(({ name, subnetId }) => `${name}: the route from ${subnetId} to ${address} is a black hole`),
      ];
      return [
        {
          target,
          saw: reported.join('; '),
          expected,
          confidence: isAlone || holes.length === loadBalancer.zones.length ? 'confirmed' : 'probable',
          values,
        },
      ];
    });
  },
});

function valuesOf(
  lost: string[],
  { remaining, subnets }: { remaining: string[]; subnets: string },
): Record<string, string> {
  if (lost.length === 0) return {};
  return remaining.length === 0 ? { allBroken: lost.join(', ') } : { remaining: JSON.stringify(remaining), subnets };
}

interface Network {
  loadBalancer: LoadBalancer;
  subnets: Subnet[];
  networkInterfaces: NetworkInterface[];
}

function whatIsBroken({ subnetId }: LoadBalancer['zones'][number], network: Network): string | undefined {
  const { loadBalancer, subnets, networkInterfaces } = network;
  if (withId(subnets, subnetId) === undefined) return `subnet ${subnetId} does not exist`;
  const own = loadBalancerInterfaces(loadBalancer.arn, networkInterfaces).filter((each) => each.subnetId === subnetId);
  if (own.length === 0) return `no network interface of ${loadBalancer.name} in ${subnetId}`;
  if (own.some(({ status }) => status === 'in-use')) return undefined;
  return `${own[0]?.id} in ${subnetId} is ${own[0]?.status}`;
}

const hasBlackHole = (subnetId: string, routeTables: RouteTable[]): boolean =>
  routeTableOf(subnetId, routeTables)?.routes.some(({ state }) => state === 'blackhole') ?? false;

/** True when the most specific route for the address leads to something that is gone. */
function isBlackHole(subnetId: string, address: string, routeTables: RouteTable[]): boolean {
  const { routes } = routeTableOf(subnetId, routeTables) ?? { routes: [] };
  const [best] = routes
    .filter(({ destination }) => contains(destination, address))
    .toSorted((a, b) => Number(b.destination.split('/')[1]) - Number(a.destination.split('/')[1]));
  return best?.state === 'blackhole';
}
