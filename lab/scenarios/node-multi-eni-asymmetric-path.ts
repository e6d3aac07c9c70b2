import { scenario } from '../scenario.ts';
import { zones } from '../world/account.ts';
import { nodeSecurityGroup } from '../world/cluster.ts';
import { resourceId } from '../world/identifier.ts';
import { nextAddress } from '../world/network/address.ts';
import { instanceIdOf } from '../world/network/node.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';
import { addSubnet } from '../world/network/subnet.ts';

const edge = (network: string) => `${network}.128.0/20`;

/** Node group and load balancer are in one zone; the load balancer is in the subnet into which the nodes got a second leg. */
export const nodeMultiEniAsymmetricPath = scenario({
  id: 'node-multi-eni-asymmetric-path',
  title: 'Nodes got a second interface in the subnet of the load balancer',
  arrange(world, cluster, place) {
    const subnet = addSubnet(world, { zone: zones[0], cidr: edge(world.network) });
    addTenant(world, cluster, {
      place,
      subnets: world.subnets.filter(({ zone, tags }) => zone === zones[0] && tags['Name'] === `private-${zone}`),
      service: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-subnets': subnet.id } },
    });
  },
  strike(world, cluster, place) {
    const subnet = world.subnets.find(({ cidr }) => cidr === edge(world.network));
    if (subnet === undefined) throw new Error('the load balancer has no subnet of its own');
    for (const node of tenantNodes(cluster, place)) {
      const instanceId = instanceIdOf(node);
      world.networkInterfaces.push({
        id: resourceId('eni', `${instanceId} edge`),
        description: 'edge',
        interfaceType: 'interface',
        vpcId: subnet.vpcId,
        subnetId: subnet.id,
        zone: subnet.zone,
        status: 'in-use',
        securityGroups: [nodeSecurityGroup(world, cluster).id],
        privateIps: [nextAddress(world, subnet)],
        ipv6Addresses: [],
        instanceId,
        deviceIndex: 2,
      });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'node-multi-eni-asymmetric-path', targets: { unhealthy: 3 } },
});
