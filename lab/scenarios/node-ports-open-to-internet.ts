import { scenario } from '../scenario.ts';
import { objectsOf } from '../world/object.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Nodes in public subnets; their security group opens the NodePorts to everybody, as it does for load balancers without groups. */
export const nodePortsOpenToInternet = scenario({
  id: 'node-ports-open-to-internet',
  title: 'Nodes have public addresses, and their NodePorts are open to the internet',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, place);
    addService(world, cluster, place);
    for (const route of world.routeTables.flatMap(({ routes }) => routes)) {
      if (route.destination === '0.0.0.0/0') route.target = 'igw-0c1d2e3f405162738';
    }
    for (const [index, node] of objectsOf(cluster, 'Node').entries()) {
      node.status.addresses.push({ type: 'ExternalIP', address: `198.51.100.${10 + index}` });
    }
    const own = world.networkInterfaces.find(({ instanceId }) => instanceId !== undefined)?.securityGroups[0];
    world.securityGroups
      .find(({ id }) => id === own)
      ?.rules.push({
        id: 'sgr-0d1e2f30415263748',
        egress: false,
        protocol: 'tcp',
        fromPort: 30_000,
        toPort: 32_767,
        cidrIpv4: '0.0.0.0/0',
        description: 'NodePorts',
      });
  },
  expect: { verdict: 'healthy', cause: null, targets: { healthy: 3 } },
});
