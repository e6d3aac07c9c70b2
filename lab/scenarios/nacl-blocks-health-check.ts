import { scenario } from '../scenario.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

/** A hardening of all subnets shuts out what it takes for development servers. */
export const naclBlocksHealthCheck = scenario({
  id: 'nacl-blocks-health-check',
  title: 'A network ACL denies the pods’ port between subnets',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, port: 3000 });
    addService(world, cluster, {
      ...place,
      targetType: 'ip',
      ports: [{ name: 'http', port: 80, targetPort: 3000 }],
      healthCheck: { protocol: 'http', path: '/ready', timeout: '2' },
    });
  },
  strike(world) {
    for (const { entries } of world.networkAcls) {
      entries.push({
        egress: false,
        ruleNumber: 90,
        protocol: '6',
        action: 'deny',
        cidr: '0.0.0.0/0',
        fromPort: 3000,
        toPort: 3000,
      });
    }
  },
  expect: { verdict: 'unhealthy', cause: 'nacl-blocks-health-check', targets: { unhealthy: 3 } },
});
