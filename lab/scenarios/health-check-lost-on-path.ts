import { copyOf } from '../copy.ts';
import { scenario } from '../scenario.ts';
import { privateSubnets, zones } from '../world/account.ts';
import { resourceId } from '../world/identifier.ts';
import { addTenant } from '../world/network/node-group.ts';
import { addSubnet } from '../world/network/subnet.ts';
import type { World } from '../world/world.ts';

const edges = (network: string): string[] => zones.map((_, index) => `${network}.${144 + index * 16}.0/20`);

/** The firewall belongs to another account; whatever does not come from the subnets of load balancers passes it by. */
export const healthCheckLostOnPath = scenario({
  id: 'health-check-lost-on-path',
  title: 'The subnets of the load balancer lead to those of the nodes through a firewall that drops NodePorts',
  arrange(world, cluster, place) {
    const subnets = edges(world.network).map((cidr, index) =>
      addSubnet(world, { zone: zones[index] ?? zones[0], cidr }),
    );
    const ids = subnets.map(({ id }) => id).join(',');
    addTenant(world, cluster, {
      place,
      subnets: privateSubnets(world),
      service: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-subnets': ids } },
    });
  },
  strike(world) {
    const firewall = resourceId('vpce', 'network firewall');
    world.droppedBy = [firewall];
    leadThrough(world, firewall);
    world.flowLogs = [
      {
        id: resourceId('fl', 'vpc'),
        resourceId: world.vpcs[0]?.id ?? '',
        traffic: 'ALL',
        destination: { kind: 'log-group', name: '/vpc/flow-logs' },
      },
    ];
  },
  fixedElsewhere: { '': 'the rules of the firewall belong to another account' },
  expect: { verdict: 'unhealthy', cause: 'health-check-lost-on-path', targets: { unhealthy: 3 } },
});

/** Gives the subnets of the load balancer a route table that leads to those of the nodes through an endpoint. */
function leadThrough(world: World, endpoint: string): void {
  const own = world.subnets.filter(({ cidr }) => edges(world.network).includes(cidr)).map(({ id }) => id);
  const [main] = world.routeTables;
  if (main === undefined) throw new Error('the VPC has no route table');
  main.subnetIds = main.subnetIds.filter((id) => !own.includes(id));
  world.routeTables.push({
    ...copyOf(main),
    id: resourceId('rtb', 'load balancers'),
    main: false,
    subnetIds: own,
    routes: [
      ...main.routes,
      ...privateSubnets(world).map(({ cidr }) => ({ destination: cidr, target: endpoint, state: 'active' as const })),
    ],
  });
}
