import { scenario } from '../scenario.ts';
import { addEdgeSubnets, edgeSubnets } from '../world/network/edge-subnets.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const everywhere = { egress: false, protocol: '6', action: 'allow', cidr: '0.0.0.0/0' } as const;

/** A list of what is let in to public subnets: web over TLS, and the answers of targets. Nobody thought of this listener. */
export const naclBlocksClients = scenario({
  id: 'nacl-blocks-clients',
  title:
    'The network ACL of the public subnets lets in port 443 alone: all targets are healthy, and no client gets through to port 80',
  arrange(world, cluster, place) {
    addEdgeSubnets(world);
    addWorkload(world, cluster, place);
    addService(world, cluster, {
      ...place,
      annotations: {
        'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
        'service.beta.kubernetes.io/aws-load-balancer-subnets': edgeSubnets.join(','),
      },
    });
  },
  strike(world) {
    const acl = addEdgeSubnets(world);
    acl.entries = [
      { ...everywhere, ruleNumber: 100, fromPort: 443, toPort: 443 },
      { ...everywhere, ruleNumber: 110, fromPort: 1024, toPort: 65_535 },
      ...acl.entries.filter(({ egress, action }) => egress || action === 'deny'),
    ];
  },
  expect: { verdict: 'unserved', cause: 'nacl-blocks-clients', targets: { healthy: 3 } },
});
