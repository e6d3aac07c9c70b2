import { scenario } from '../scenario.ts';
import { metadata, put } from '../world/object.ts';
import { addDaemonSet } from '../world/pod/daemon-set.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** Calico runs for policies beside the VPC CNI, and the platform team closes the pods of the application by default. */
export const clusterNetworkPolicyBlocksHealthCheck = scenario({
  id: 'cluster-network-policy-blocks-health-check',
  title: 'A GlobalNetworkPolicy of Calico admits another network only',
  arrange(world, cluster, place) {
    addDaemonSet(world, cluster, {
      name: 'calico-node',
      container: { name: 'calico-node', image: 'quay.io/calico/node:v3.31.0' },
      log: ['felix/int_dataplane.go: Completed first update to dataplane.'],
    });
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world, cluster, { name }) {
    put(cluster, {
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'GlobalNetworkPolicy',
      metadata: metadata(world, cluster, { kind: 'GlobalNetworkPolicy', name: `default.${name}-closed` }),
      spec: {
        order: 500,
        selector: `app == '${name}'`,
        types: ['Ingress'],
        ingress: [{ action: 'Allow', source: { nets: ['192.168.0.0/16'] } }],
      },
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'cluster-network-policy-blocks-health-check',
    targets: { unhealthy: 3 },
  },
});
