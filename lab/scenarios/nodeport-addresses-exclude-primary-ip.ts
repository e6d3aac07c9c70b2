import { scenario } from '../scenario.ts';
import { zones } from '../world/account.ts';
import { addTenant } from '../world/network/node-group.ts';
import { addSubnet } from '../world/network/subnet.ts';
import { objectOf } from '../world/object.ts';

/** The list names the subnets that were there first. */
export const nodeportAddressesExcludePrimaryIp = scenario({
  id: 'nodeport-addresses-exclude-primary-ip',
  title: 'New nodes are in subnets that nodePortAddresses of kube-proxy does not list',
  arrange(world, cluster, place) {
    const blocks = [0, 16, 32].map((third) => `- ${world.network}.${third}.0/20`);
    const { data } = objectOf(cluster, 'ConfigMap', { namespace: 'kube-system', name: 'kube-proxy-config' });
    data.config = (data.config ?? '').replace('nodePortAddresses: null', ['nodePortAddresses:', ...blocks].join('\n'));
    const subnets = zones.map((zone, index) =>
      addSubnet(world, { zone, cidr: `${world.network}.${48 + index * 16}.0/20` }),
    );
    addTenant(world, cluster, { place, subnets });
  },
  edits: { 'edit configmap': 's/^( +)(nodePortAddresses:)$/\\1\\2 null/; /^ +- 127\\./d' },
  expect: { verdict: 'unhealthy', cause: 'nodeport-addresses-exclude-primary-ip', targets: { unhealthy: 3 } },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
