import { scenario } from '../scenario.ts';
import { recordEvent } from '../world/event.ts';
import { minute } from '../world/moment.ts';
import { addTenant, tenantNodes } from '../world/network/node-group.ts';

/** A crawler on the same node opens thousands of connections a second; the node monitoring agent has seen it. */
export const conntrackOrEnaAllowanceExhausted = scenario({
  id: 'conntrack-or-ena-allowance-exhausted',
  title: 'One node tracks more connections than its instance type may, and takes no new ones',
  arrange(world, cluster, place) {
    addTenant(world, cluster, { place });
  },
  strike(world, cluster, place) {
    const [node] = tenantNodes(cluster, place);
    if (node === undefined) throw new Error('the tenant has no node');
    cluster.exhaustedNodes = [node.metadata.name];
    recordEvent(world, cluster, {
      about: node,
      type: 'Warning',
      reason: 'ConntrackExceeded',
      message: 'conntrack_allowance_exceeded increased from 118204 to 131877',
      component: 'eks-node-monitoring-agent',
      ageSeconds: 2 * minute,
      lastingSeconds: 15 * minute,
      count: 16,
    });
  },
  expect: {
    verdict: 'unhealthy',
    cause: 'conntrack-or-ena-allowance-exhausted',
    targets: { healthy: 2, unhealthy: 1 },
  },
  variants: {
    local: { place: { targetType: 'instance', externalTrafficPolicy: 'Local' } },
  },
});
