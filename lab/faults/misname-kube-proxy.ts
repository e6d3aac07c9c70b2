import { resourceId } from '../world/identifier.ts';
import type { ContainerSpec } from '../world/kubernetes-object.ts';
import { nodeOf } from '../world/network/node.ts';
import { objectOf, objectsOf } from '../world/object.ts';
import type { World, WorldCluster } from '../world/world.ts';

const domain = 'corp.example.com';

/**
 * Gives the VPC a DHCP domain of its own and runs kube-proxy without `--hostname-override`: it then takes the host's
 * name, which ends in that domain, for the name of its Node (kubernetes/kubernetes#61486).
 */
export function misnameKubeProxy(world: World, cluster: WorldCluster): void {
  const dhcpOptionsId = resourceId('dopt', domain);
  world.dhcpOptions.push({ id: dhcpOptionsId, domainName: domain, domainNameServers: ['AmazonProvidedDNS'] });
  for (const vpc of world.vpcs) {
    if (vpc.id === cluster.cluster.vpcId) vpc.dhcpOptionsId = dhcpOptionsId;
  }
  const daemonSet = objectOf(cluster, 'DaemonSet', { namespace: 'kube-system', name: 'kube-proxy' });
  dropOverride(daemonSet.spec.template.spec.containers);
  for (const pod of objectsOf(cluster, 'Pod')) {
    if (pod.metadata.labels['k8s-app'] !== 'kube-proxy') continue;
    dropOverride(pod.spec.containers);
    const { name } = nodeOf(cluster, pod).metadata;
    const hostName = `${name.split('.')[0]}.${domain}`;
    cluster.kubeProxyNames[name] = hostName;
    cluster.logs[`kube-system/${pod.metadata.name}/kube-proxy`] = {
      current: [
        `E1121 08:12:45.103311       1 server.go:666] "Failed to retrieve node info" err="nodes \\"${hostName}\\" not found"`,
      ],
    };
  }
}

function dropOverride(containers: ContainerSpec[]): void {
  for (const container of containers) {
    container.command = (container.command ?? []).filter((part) => !part.startsWith('--hostname-override'));
    delete container.env;
  }
}
