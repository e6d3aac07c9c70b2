import { scenario } from '../scenario.ts';
import { resourceId } from '../world/identifier.ts';
import { instanceIdOf } from '../world/network/node.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** kubelet, kube-proxy's health and node exporters; NodePorts are not on the list. */
const open = [22, 9100, 10250, 10256];

export const hostFirewallOrKernelSetting = scenario({
  id: 'host-firewall-or-kernel-setting',
  title: 'One node runs a hardened image whose firewall knows nothing of NodePorts',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place });
  },
  strike(world, cluster, place) {
    const [node] = tenantNodes(cluster, place);
    if (node === undefined) throw new Error('the tenant has no node');
    cluster.hostFirewalls = { [node.metadata.name]: open };
    for (const instance of world.instances) {
      if (instance.id === instanceIdOf(node)) instance.imageId = resourceId('ami', 'hardened');
    }
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'host-firewall-or-kernel-setting',
    targets: { healthy: 2, unhealthy: 1 },
  },
});
