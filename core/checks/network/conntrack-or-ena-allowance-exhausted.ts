import { check } from '../../diagnosis/check.ts';
import { nodeBehind } from '../../kubernetes/node-behind.ts';
import { eventsOfNode } from '../../kubernetes/node-events.ts';
import type { Instance, Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Node, Pod } from '../../model/kubernetes.ts';
import { probesArrive, waysTo } from '../../network/health-check-path.ts';
import { answersWell, checksOf, probesOf, probesTo } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

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
without such a report, connections to several ports of the host fail now and then although the rules admit them, or some of ten
connections from new source ports to a node get no answer and others do, while other nodes answer.`,
  nearMisses: [
    'An overloaded application fails only on its own port.',
    'A filter drops every packet, not some of them.',
  ],
  decidedBy:
    'conntrack_allowance_exceeded, pps_allowance_exceeded and nf_conntrack_count of the node (ethtool -S, CloudWatch agent)',
  fix: [
    {
      text: 'Read the counters of the node.',
      command:
        'kubectl debug node/{node} --profile sysadmin --stdin --tty --image public.ecr.aws/amazonlinux/amazonlinux:2023 -- chroot /host sh -c "ethtool -S eth0 | grep allowance_exceeded; sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max"',
      danger: 'This starts a privileged pod on the node.',
    },
    {
      text: 'Spread the load over more or larger instances; raise nf_conntrack_max if the table of the kernel is the limit.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/node-health.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-network-performance-ena.html',
  ],
  masks: ['host-firewall-or-kernel-setting', 'app-saturated', 'hc-thresholds-too-tight'],
  needs: ['probes', 'nodes', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['events', 'pods', 'instances', 'prefixLists', 'networkAcls', 'routeTables'],

  run(group, facts) {
    return group.failing.flatMap((target): Evidence[] => {
      const node = nodeBehind(target, facts)?.metadata.name;
      const again = probesOf(facts.probes, target, 'connect-again');
      const tries = again.length > 0 ? again : checksOf(facts.probes, target);
      const silent = tries.filter(({ outcome }) => isSilent(outcome));
      if (node === undefined || silent.length === 0) return [];
      if (silent.length === tries.length && !probesArrive(target, group, facts)) return [];
      if (waysTo(target, group, facts).some(({ decision }) => decision === 'deny')) return [];
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
      const connected = again.filter(({ outcome }) => outcome.kind === 'open').length;
      if (connected > 0) {
        const healthy = group.targets.filter(({ state }) => state === 'healthy');
        const image = imageBehind(target, facts);
        const alike = image === undefined ? [] : healthy.filter((each) => imageBehind(each, facts) === image);
        const acquittal =
          alike.length > 0
            ? `, ${alike.length} of them on nodes of the same image ${image}: the image is not the cause`
            : '';
        const saw = `${silent.length} of ${again.length} connections to ${node} from new source ports got no answer, the others did; ${healthy.length} other targets are healthy${acquittal}`;
        return [{ target, saw, expected, confidence: 'probable', values: { node } }];
      }
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

/** The AMI of the node that a target is, or that runs its pod. */
function imageBehind(
  target: Target,
  { nodes, pods, instances = [] }: { nodes: Node[]; pods?: Pod[] | undefined; instances?: Instance[] | undefined },
): string | undefined {
  const id = nodeBehind(target, { nodes, pods })?.spec.providerID?.split('/').at(-1);
  return instances.find((instance) => instance.id === id)?.imageId;
}
