import { scenario } from '../scenario.ts';
import { joinNode } from '../world/network/join-node.ts';
import { addTenant } from '../world/network/node-group.ts';

/** It is Ready and registered, while kube-proxy is still pulling its image there. */
export const newNodeWindow = scenario({
  id: 'new-node-window',
  title: 'A node joined four minutes ago and has no NodePort rules yet',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place });
  },
  strike(world, cluster, { name }) {
    joinNode(world, cluster, { group: name, ageSeconds: 240 });
  },
  expect: { verdict: 'expected', cause: 'new-node-window', targets: { healthy: 3, unhealthy: 1 } },
  variants: {
    ccm: { place: { targetType: 'instance', controller: 'ccm' } },
  },
});
