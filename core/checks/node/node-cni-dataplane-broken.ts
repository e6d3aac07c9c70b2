import { check } from '../../diagnosis/check.ts';
import { instanceIdOf } from '../../kubernetes/node.ts';
import { nodeBehind } from '../../kubernetes/node-behind.ts';
import { eventsOfNode } from '../../kubernetes/node-events.ts';
import type { Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import type { Event, Node } from '../../model/kubernetes.ts';
import type { ProbeResult } from '../../model/probe-result.ts';
import { formatOutcome, probeOf } from '../../probes/results.ts';
import { isSilent, silentTargets } from '../../probes/silent-targets.ts';

/** What the EKS node monitoring agent reports about the network of a node (eks-node-monitoring-agent pkg/reasons/reasons.go, "Networking"). */
const reasons = [
  'InterfaceNotRunning',
  'InterfaceNotUp',
  'IPAMDInconsistentState',
  'IPAMDNotReady',
  'IPAMDNotRunning',
  'MACAddressPolicyMisconfigured',
  'MissingDefaultRoutes',
  'MissingIPRoutes',
  'MissingIPRules',
  'MissingLoopbackInterface',
];

/** Milliseconds for which an event of the agent counts as news. */
const recent = 60 * 60 * 1000;

export const nodeCniDataplaneBroken = check({
  id: 'node-cni-dataplane-broken',
  kind: 'fault',
  stage: 'node',
  order: 3,
  severity: 'high',
  begunBy: ['UpdateAddon', 'DeleteAddon'],
  needsChange: true,
  title: 'The network of the node is broken: the node monitoring agent reports missing rules, routes or interfaces',
  symptom: 'The targets on one node time out, its kubelet is ready, and targets on other nodes are healthy.',
  why: `The VPC CNI gives each pod an address of an interface of the node, and needs IP rules, routes and running interfaces for it. If
another program removes them, or the operating system renames or reconfigures an interface, packets to the pods or to the node get no
answer, while the kubelet still reaches the API server.`,
  proof: `The node monitoring agent has set NetworkingReady to False on the node, or reported such a reason within the last hour, and the
health check's connection to the target gets no answer.`,
  nearMisses: [
    'All targets time out, on nodes without such a report too: the cause is in the network around the nodes.',
    'The node monitoring agent reports an exceeded allowance: `conntrack-or-ena-allowance-exhausted`.',
    'The target answers or refuses: packets reach it.',
  ],
  decidedBy: 'ip rule and ip route on the node, compared with a healthy node',
  fix: [
    {
      text: 'Read what the agent reported, and compare rules and routes with those of a healthy node.',
      look: { kubectl: 'describe node {node}' },
    },
    {
      text: 'Replace the node: drain it first.',
      withNext: true,
      change: {
        run: 'kubectl drain {node} --ignore-daemonsets --delete-emptydir-data --timeout=5m',
        back: 'kubectl uncordon {node}',
      },
      undo: 'Let pods onto the node again; those that were evicted stay where they started.',
      disturbs: 'Every pod of the node is evicted, and local data of those pods is lost.',
    },
    {
      text: 'Then end its instance: its Auto Scaling group or Karpenter starts another one.',
      when: 'instance',
      change: { aws: 'ec2 terminate-instances', options: { 'instance-ids': '{instance}' } },
      danger: 'A node outside of a group is not replaced.',
    },
    {
      text: 'If the agent reports MACAddressPolicyMisconfigured, set MACAddressPolicy=none for the interfaces in the AMI or its user data.',
      when: 'macAddressPolicy',
    },
  ],
  links: ['https://docs.aws.amazon.com/eks/latest/userguide/node-health.html'],
  masks: [
    'packet-loss-on-node',
    'host-firewall-or-kernel-setting',
    'node-multi-eni-asymmetric-path',
    'kube-proxy-down',
    'nodeport-rules-not-programmed',
    'healthchecknodeport-not-listening',
    'cni-nodeport-support-disabled',
    'app-saturated',
  ],
  needs: ['nodes', 'probes'],
  optional: ['pods', 'events'],

  run(group, { nodes, pods, probes, events = [] }) {
    const silentProbeOf = (target: Target): ProbeResult | undefined => {
      const probe = target.state === 'healthy' ? undefined : probeOf(probes, target, 'health-check');
      return probe !== undefined && isSilent(probe.outcome) ? probe : undefined;
    };
    if (silentTargets(group, probes).length === 0) return [];
    const seen = group.targets.map((target) => {
      const node = nodeBehind(target, { nodes, pods });
      const probe = silentProbeOf(target);
      return { target, node, probe, report: node && reportOn(node, events, group.takenAt) };
    });
    const others = seen.filter(({ report }) => report === undefined);
    if (others.length > 0 && others.every(({ probe }) => probe !== undefined)) return [];
    return seen.flatMap(({ target, node, probe, report }): Evidence[] => {
      if (node === undefined || probe === undefined || report === undefined) return [];
      if (!group.failing.includes(target)) return [];
      const instance = instanceIdOf(node);
      return [
        {
          target,
          saw: `${node.metadata.name}: ${report}; port ${probe.request.port}: ${formatOutcome(probe.outcome)}`,
          expected: 'NetworkingReady=True on the node',
          confidence: 'probable',
          values: {
            node: node.metadata.name,
            ...(instance !== undefined && { instance }),
            ...(report.includes('MACAddressPolicy') && { macAddressPolicy: 'none' }),
          },
        },
      ];
    });
  },
});

function reportOn({ metadata, status }: Node, events: Event[], takenAt: string): string | undefined {
  const condition = status.conditions.find(({ type }) => type === 'NetworkingReady');
  if (condition?.status === 'False') {
    return ['NetworkingReady is False', condition.reason, condition.message].filter(Boolean).join(', ');
  }
  const event = eventsOfNode(events, metadata.name).find(
    ({ reason, lastSeen }) => reasons.includes(reason) && Date.parse(takenAt) - Date.parse(lastSeen) <= recent,
  );
  return event && `${event.reason} (${event.count}×): ${event.note}`;
}
