import { zones } from '../account.ts';
import { addTenant } from '../node-group.ts';
import { objectOf } from '../object.ts';
import { scenario } from '../scenario.ts';
import { addSubnet } from '../subnet.ts';

/** The list names the subnets that were there first. */
export const nodeportAddressesExcludePrimaryIp = scenario({
  id: 'nodeport-addresses-exclude-primary-ip',
  title: 'New nodes are in subnets that nodePortAddresses of kube-proxy does not list',
  arrange(world, cluster, place) {
    const blocks = [0, 16, 32].map((third) => `- ${world.network}.${third}.0/20`);
    const { data } = objectOf(cluster, 'ConfigMap', { namespace: 'kube-system', name: 'kube-proxy-config' });
    data.config = data.config.replace('nodePortAddresses: null', ['nodePortAddresses:', ...blocks].join('\n'));
    const subnets = zones.map((zone, index) =>
      addSubnet(world, { zone, cidr: `${world.network}.${48 + index * 16}.0/20` }),
    );
    addTenant(world, cluster, { place, subnets });
  },
  expect: { verdict: 'unhealthy', cause: 'nodeport-addresses-exclude-primary-ip', targets: { unhealthy: 3 } },
});
