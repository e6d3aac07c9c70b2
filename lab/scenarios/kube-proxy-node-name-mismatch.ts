import { misnameKubeProxy } from '../faults/misname-kube-proxy.ts';
import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** The VPC has a DHCP domain of its own, and kube-proxy is not told the name of its Node, so that all pods look remote. */
export const kubeProxyNodeNameMismatch = scenario({
  id: 'kube-proxy-node-name-mismatch',
  title: 'kube-proxy takes its host name for the name of its node',
  arrange(world, cluster, { managedAddOns = ['kube-proxy'], ...place }) {
    cluster.managedAddOns = managedAddOns;
    addWorkload(world, cluster, place);
    addService(world, cluster, { ...place, externalTrafficPolicy: 'Local', healthCheck: { timeout: '2' } });
  },
  strike: misnameKubeProxy,
  expect: { verdict: 'unhealthy', cause: 'kube-proxy-node-name-mismatch', targets: { unhealthy: 3 } },
  variants: { selfmanaged: { place: { managedAddOns: [] } } },
});
