import { check } from '../../diagnosis/check.ts';
import { nodeBehind } from '../../kubernetes/node-behind.ts';
import { eventsOfNode } from '../../kubernetes/node-events.ts';
import type { Evidence } from '../../model/check-result.ts';
import { pathsTo, probesArrive } from '../../network/health-check-path.ts';
import { answersWell, checksOf, probesOf, probesTo } from '../../probes/results.ts';
import { isSilent, silentTargets } from '../../probes/silent-targets.ts';

/** Events of the EKS node monitoring agent on allowances of the instance (EKS user guide, "Detect node health issues"; aws/eks-node-monitoring-agent pkg/reasons/reasons.go). */
const reasons = [
  'ConntrackExceeded',
  'ConntrackExceededKernel',
  'PPSExceeded',
  'BandwidthInExceeded',
  'BandwidthOutExceeded',
  'LinkLocalExceeded',
];

/** Milliseconds for which such an event counts as news. */
const recent = 60 * 60 * 1000;

export const conntrackOrEnaAllowanceExhausted = check({
  id: 'conntrack-or-ena-allowance-exhausted',
  kind: 'fault',
  stage: 'network',
  order: 3,
  severity: 'high',
  dropSymptom: true,
  needsChange: false,
  title: 'The node exceeds an allowance of its instance type, or its connection table is full, and drops packets',
  symptom: 'A busy node fails now and then, on every port and for every target group that it is in.',
  why: `Every instance type has allowances for tracked connections, packets per second and bandwidth, and the kernel has a table of
connections. Above these limits new connections to any port of the host are dropped silently: health checks fail now and then, or for
as long as the load lasts.`,
  proof: `The node monitoring agent reported within the last hour that the node exceeded an allowance, and connections get no answer; or,
without such a report, connections to several ports of the host fail now and then although the rules admit them.`,
  nearMisses: [
    'An overloaded application fails only on its own port.',
    'A filter drops every packet, not some of them.',
    'A share of the connections to one node is lost, and nothing reports an allowance: `packet-loss-on-node`.',
  ],
  decidedBy:
    'conntrack_allowance_exceeded, pps_allowance_exceeded and nf_conntrack_count of the node (ethtool -S, CloudWatch agent)',
  fix: [
    {
      text: 'Read the counters of the node.',
      change: {
        debugNode:
          'cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max; dnf install --quiet --assumeyes ethtool; ls /sys/class/net | xargs -n 1 ethtool -S | grep allowance_exceeded',
      },
    },
    {
      text: 'Spread the load over more or larger instances; raise nf_conntrack_max if the table of the kernel is the limit.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/node-health.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-network-performance-ena.html',
  ],
  masks: ['packet-loss-on-node', 'host-firewall-or-kernel-setting', 'app-saturated', 'hc-thresholds-too-tight'],
  needs: ['probes', 'nodes', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['events', 'pods', 'prefixLists', 'networkAcls', 'routeTables'],

  run(group, facts) {
    return silentTargets(group, facts.probes).flatMap((target): Evidence[] => {
      const again = probesOf(facts.probes, target, 'connect-again');
      const tries = again.length > 0 ? again : checksOf(facts.probes, target);
      const silent = tries.filter(({ outcome }) => isSilent(outcome));
      if (silent.length === 0) return [];
      const node = nodeBehind(target, facts)?.metadata.name;
      if (node === undefined) return [];
      if (silent.length === tries.length && !probesArrive(target, group, facts)) return [];
      if (pathsTo(target, group, facts).some(({ decision }) => decision === 'deny')) return [];
      const report = eventsOfNode(facts.events ?? [], node).find(
        ({ reason, lastSeen }) =>
          reasons.includes(reason) && Date.parse(group.takenAt) - Date.parse(lastSeen) <= recent,
      );
      const share = `${silent.length} of ${tries.length} connections got no answer`;
      const expected = 'a node within the allowances of its instance type';
      if (report !== undefined) {
        const saw = `${report.reason} on ${node} (${report.count}×): ${report.note}; ${share}`;
        return [{ target, saw, expected, confidence: 'probable', values: { node } }];
      }
      // Where some of many connections are answered, the loss itself is the finding: `packet-loss-on-node`.
      if (again.some(({ outcome }) => !isSilent(outcome))) return [];
      const [first] = checksOf(facts.probes, target);
      const otherPorts = probesTo(facts.probes, first?.request.address).filter(
        ({ request, outcome }) =>
          request.port !== first?.request.port && isSilent(outcome) && probesArrive(target, group, facts, request.port),
      );
      const good = tries.filter((probe) => answersWell(probe, group.targetGroup)).length;
      if (good === 0 || otherPorts.length === 0) return [];
      const ports = [...new Set(otherPorts.map(({ request }) => request.port))].join(', ');
      return [
        { target, saw: `${share} on ${node}, port ${ports} too`, expected, confidence: 'possible', values: { node } },
      ];
    });
  },
});
