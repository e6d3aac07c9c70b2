import { check } from '../../diagnosis/check.ts';
import { describeFlows } from '../../history/flow-logs/describe-flows.ts';
import { healthCheckFlows } from '../../history/flow-logs/health-check-flows.ts';
import { compareText } from '../../model/target-group-context.ts';
import { pathsTo } from '../../network/health-check-path.ts';
import { interfaceOf } from '../../network/interfaces.ts';

export const healthCheckLostOnPath = check({
  id: 'health-check-lost-on-path',
  kind: 'fault',
  ownerless: true,
  stage: 'network',
  order: 4,
  severity: 'high',
  begunBy: [
    'CreateNetworkAclEntry',
    'DeleteNetworkAclEntry',
    'ReplaceNetworkAclEntry',
    'ReplaceNetworkAclAssociation',
    'DeleteRoute',
    'ReplaceRoute',
  ],
  title: 'The health check never arrives at the target: something between drops it',
  symptom: 'Targets give no answer, though security groups and network ACLs at both ends let the health check in.',
  why: `Route tables can lead packets between two subnets of a VPC through a firewall: an endpoint of AWS Network Firewall or of a Gateway Load
Balancer, or an appliance. What it drops is seen neither in security groups nor in network ACLs, and the target never receives it.`,
  proof: `The flow log of the target's network interface records other packets and, in 25 minutes, none of the health check from any node of the load
balancer, while no rule that was read stops it before. It is probable; where the route table leads to a firewall, the evidence names it.`,
  nearMisses: [
    'Where outbound rules of the load balancer, or the network ACL of its subnet, stop the health check, they are the cause.',
    'A REJECT in the flow log shows that the packet arrives and that the security group or network ACL of the target stops it.',
    'An ACCEPT without an answer shows that the host or the pod behind the interface drops it.',
    'A flow log of only accepted or only rejected packets, and one without any record of the interface, say nothing.',
  ],
  decidedBy: 'the logs and rules of what the packets are led through, or VPC Reachability Analyzer',
  fix: [
    {
      text: 'See which routes the subnets of the load balancer and of the target have to each other.',
      look: { aws: 'ec2 describe-route-tables', options: '--filters Name=vpc-id,Values={vpc}' },
    },
    {
      text: 'Let the firewall {middlebox} pass TCP {port} from {sources} to the targets, and the answers.',
      when: 'middlebox',
    },
    { text: 'Let whatever is on that path pass TCP {port} from {sources} to the targets, and the answers.' },
  ],
  links: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html',
    'https://docs.aws.amazon.com/network-firewall/latest/developerguide/architectures.html',
  ],
  masks: [
    'app-saturated',
    'hc-thresholds-too-tight',
    'host-firewall-or-kernel-setting',
    'node-multi-eni-asymmetric-path',
    'packet-loss-on-node',
    'readiness-gate-stuck',
  ],
  needs: ['flowLogs', 'networkInterfaces', 'subnets'],
  optional: ['securityGroups', 'networkAcls', 'routeTables', 'prefixLists'],

  run(group, facts) {
    if (facts.flowLogs.length === 0) return undefined;
    const network = { ...facts, securityGroups: facts.securityGroups ?? [], prefixLists: facts.prefixLists };
    return group.failing.flatMap((target) => {
      const flows = healthCheckFlows(target, group, facts);
      if (flows?.fate !== 'missing') return [];
      const paths = pathsTo(target, group, network);
      if (paths.some(({ decision }) => decision === 'deny')) return [];
      const there = interfaceOf(target, group.targetGroup, facts.networkInterfaces);
      const [middlebox] = paths
        .flatMap(({ hops }) => hops)
        .flatMap(({ kind, verdict: { by } }) => (kind === 'route' ? (/^(vpce|eni|i)-\S+/.exec(by)?.[0] ?? []) : []))
        .toSorted(compareText);
      const leads = middlebox === undefined ? '' : `; a route leads through ${middlebox}`;
      return {
        target,
        saw: `${describeFlows(target, flows)}${leads}`,
        expected: `the health check at ${there?.id ?? 'its network interface'}`,
        confidence: 'probable' as const,
        values: {
          port: target.healthCheckPort,
          sources: flows.peers.join(', '),
          ...(middlebox !== undefined && { middlebox }),
        },
      };
    });
  },
});
