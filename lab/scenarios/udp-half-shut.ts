import { scenario } from '../scenario.ts';
import { nodeSecurityGroup } from '../world/cluster.ts';
import { addWorkload } from '../world/pod/workload.ts';
import { addService } from '../world/service.ts';

const number = 5353;

/** Health checks are TCP, and their rule stays. */
export const udpHalfShut = scenario({
  id: 'udp-half-shut',
  title: 'A DNS server behind one listener for TCP and UDP, and somebody removed the rule for UDP',
  arrange(world, cluster, place) {
    addWorkload(world, cluster, { ...place, port: number, portName: 'dns', udpSockets: [number] });
    addService(world, cluster, {
      targetType: 'ip',
      ...place,
      ports: [
        { name: 'dns-tcp', protocol: 'TCP', port: 53, targetPort: number },
        { name: 'dns-udp', protocol: 'UDP', port: 53, targetPort: number },
      ],
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-enable-tcp-udp-listener': 'true' },
      healthCheck: { timeout: '2' },
    });
  },
  strike(world, cluster) {
    const group = nodeSecurityGroup(world, cluster);
    group.rules = group.rules.filter(({ egress, protocol }) => egress || protocol !== 'udp');
  },
  unnoticed: true,
  expect: { verdict: 'unserved', cause: 'target-sg-blocks-traffic-port', targets: { healthy: 3 } },
});
