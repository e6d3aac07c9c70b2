import { scenario } from '../scenario.ts';
import { setCni } from '../world/network/vpc-cni.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Somebody switched off what seemed to be unused; the Service keeps the clients' addresses and checks the NodePort itself. */
export const cniNodeportSupportDisabled = scenario({
  id: 'cni-nodeport-support-disabled',
  title: 'The VPC CNI no longer leads answers to NodePorts back',
  arrange(world, cluster, { managedAddOns, ...place }) {
    if (managedAddOns !== undefined) {
      cluster.managedAddOns = managedAddOns;
      cluster.addOnConfigurations = { 'vpc-cni': '{"env":{"WARM_IP_TARGET":"5"},"enableNetworkPolicy":"false"}' };
    }
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      externalTrafficPolicy: 'Local',
      healthCheck: { protocol: 'tcp', port: 'traffic-port', timeout: '2' },
    });
  },
  strike(_world, cluster) {
    setCni(cluster, { AWS_VPC_CNI_NODE_PORT_SUPPORT: 'false' });
  },
  expect: { verdict: 'unhealthy', cause: 'cni-nodeport-support-disabled', targets: { unhealthy: 3 } },
  variants: { addon: { place: { managedAddOns: ['vpc-cni'] } } },
});
