import { check } from '../../diagnosis/check.ts';
import { nodePathsOf } from '../../network/node-path.ts';
import { permissions } from '../../network/openings.ts';
import { answersWell, checksOf } from '../../probes/results.ts';

export const nodeToNodeSgBlocksPodPort = check({
  id: 'node-to-node-sg-blocks-pod-port',
  kind: 'fault',
  stage: 'network',
  order: 3,
  severity: 'critical',
  begunBy: ['RevokeSecurityGroupIngress', 'ModifySecurityGroupRules'],
  title: 'Nodes cannot reach the pods of the Service on other nodes',
  symptom:
    'Nodes flap at random, nodes without a pod of the Service always fail, and pods answer on their own addresses.',
  why: `Under externalTrafficPolicy Cluster a node forwards each connection to any ready pod on any node, with the address of the node as
the source. If the security group of the pods does not admit the pod's port from other nodes, a check succeeds when the pod happens to be
local and times out otherwise: targets flap, and nodes without a pod never become healthy.`,
  proof: `For a pair of this node and a ready pod on another node the security groups do not admit TCP to the pod's port: outbound at the
node's primary interface, inbound at the pod's.`,
  nearMisses: [
    'With zone or node hints in the EndpointSlices, which trafficDistribution enables, a node uses only the endpoints meant for it.',
    'Saturation looks similar; the rules between the nodes show the difference.',
    'Node groups of terraform-aws-eks admit 1025 to 65535 between nodes, so only pods on lower ports are affected.',
    'Under Local, and with ip targets, no packet goes from node to node.',
    'If connections to the NodePort succeed more often than the rules allow, kube-proxy does not use the pods on other nodes.',
  ],
  decidedBy: 'twenty connections to the NodePort: the share that succeeds is that of the pods on the node itself',
  fix: [
    {
      text: 'Admit the port between the nodes, or all traffic, as EKS does in its own security group.',
      change: {
        aws: 'ec2 authorize-security-group-{direction}',
        options: { 'group-id': '{securityGroup}', 'ip-permissions': '{permission}' },
      },
    },
    { text: 'Or make the container listen on a port that the nodes open to each other, or use ip targets.' },
  ],
  links: [
    'https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html',
    'https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2359',
  ],
  masks: [
    'node-drops-remote-pods',
    'packet-loss-on-node',
    'hc-thresholds-too-tight',
    'app-saturated',
    'host-firewall-or-kernel-setting',
    'conntrack-or-ena-allowance-exhausted',
    'cni-nodeport-support-disabled',
    'node-multi-eni-asymmetric-path',
  ],
  needs: ['services', 'endpointSlices', 'nodes', 'pods', 'networkInterfaces', 'securityGroups', 'subnets'],
  optional: ['prefixLists', 'probes'],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, facts) {
    return group.failing.flatMap((target) => {
      const paths = nodePathsOf(target, group, facts);
      const blocked = paths.filter(({ denial }) => denial !== undefined);
      const [first] = blocked;
      if (first?.denial === undefined) return [];
      const tries = checksOf(facts.probes ?? [], target);
      const good = tries.filter((probe) => answersWell(probe, group.targetGroup)).length;
      const luck = (1 - blocked.length / paths.length) ** tries.length;
      if (good > 0 && good === tries.length && luck < improbable) return [];
      const { port, nodeGroup, podGroup } = first;
      const { kind, verdict } = first.denial;
      const local = paths.filter(({ isLocal }) => isLocal).length;
      const isMixed = good > 0 && good < tries.length;
      const share = isMixed ? `; ${good} of ${tries.length} connections to the NodePort succeeded` : '';
      const [securityGroup, peer] = kind === 'egress' ? [nodeGroup, podGroup] : [podGroup, nodeGroup];
      return [
        {
          target,
          saw: `${blocked.length} of ${paths.length} ready pods cannot be reached from the node, ${local} on the node itself: ${verdict.by}${share}`,
          expected: `TCP ${port} admitted between the nodes`,
          confidence: blocked.length === paths.length || isMixed ? ('confirmed' as const) : ('probable' as const),
          values: {
            direction: kind,
            securityGroup,
            permission: permissions([{ protocol: 'tcp', port, securityGroup: peer }]),
          },
        },
      ];
    });
  },
});

/** Below this chance that all connections met a pod within reach, the others are not used. */
const improbable = 0.05;
