import { check } from '../../diagnosis/check.ts';
import { formatReadiness, instanceIdOf, isNodeReady } from '../../kubernetes/node.ts';
import { nodeBehind } from '../../kubernetes/node-behind.ts';
import { areAll } from '../../model/indexed.ts';
import { answersWell, formatOutcome, probeOf } from '../../probes/results.ts';

export const nodeNotReady = check({
  id: 'node-not-ready',
  kind: 'fault',
  stage: 'node',
  severity: 'critical',
  begunBy: ['UpdateNodegroupConfig', 'UpdateNodegroupVersion', 'DeleteNodegroup'],
  takesNodeDown: true,
  title: 'The node of the target is not Ready',
  symptom:
    'The targets of a node that is not Ready are unhealthy, or draining where the AWS Load Balancer Controller owns them.',
  why: `A node that stops reporting has usually stopped working: its pods count as not ready, and nothing answers on its address. The AWS
Load Balancer Controller takes it out of the target groups, cloud-provider-aws leaves it registered and it turns unhealthy.`,
  proof: `The Ready condition of the node behind the target, or of the node on which the target's pod runs, is False or Unknown. A
probe that gets no answer from it, or a refusal, confirms it.`,
  nearMisses: [
    'If only the kubelet is dead, the rules for NodePorts still work, and the health check is answered.',
    'A stopped instance also makes its node not Ready, and its targets unused: `instance-not-running`.',
  ],
  decidedBy: 'the status checks of the instance and the log of its kubelet',
  fix: [
    {
      text: 'Read the conditions of the node and its last events.',
      look: { kubectl: 'describe node {node}' },
    },
    {
      text: 'Replace the node: end its instance, and its Auto Scaling group or Karpenter starts another one. A drain does not help first: no kubelet is there to end the pods.',
      change: { aws: 'ec2 terminate-instances', options: { 'instance-ids': '{instance}' } },
      danger: 'Local data of the pods is lost. A node outside of a group is not replaced.',
    },
  ],
  links: [
    'https://kubernetes.io/docs/concepts/architecture/nodes/#node-status',
    'https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html',
  ],
  masks: [
    'kube-proxy-down',
    'nodeport-rules-not-programmed',
    'healthchecknodeport-not-listening',
    'pod-evicted-or-node-pressure',
    'pod-readiness-probe-failing',
    'etp-local-no-ready-endpoint-anywhere',
    'app-saturated',
    'host-firewall-or-kernel-setting',
    'conntrack-or-ena-allowance-exhausted',
    'node-multi-eni-asymmetric-path',
    'cni-nodeport-support-disabled',
  ],
  needs: ['nodes'],
  optional: ['pods', 'probes'],

  run(group, { nodes, pods, probes }) {
    if (areAll(nodes, isNodeReady)) return [];
    return group.nonHealthy.flatMap((target) => {
      const node = nodeBehind(target, { nodes, pods });
      if (node === undefined || isNodeReady(node) || target.state === 'draining') return [];
      const probe = probeOf(probes ?? [], target, 'health-check');
      if (probe !== undefined && answersWell(probe, group.targetGroup)) return [];
      const isSilent = probe !== undefined && ['timeout', 'refused', 'unreachable'].includes(probe.outcome.kind);
      return [
        {
          target,
          saw: `${node.metadata.name}: ${formatReadiness(node)}${probe === undefined ? '' : `; port ${probe.request.port}: ${formatOutcome(probe.outcome)}`}`,
          expected: 'a node that is Ready',
          confidence: isSilent ? ('confirmed' as const) : ('probable' as const),
          values: { node: node.metadata.name, instance: instanceIdOf(node) ?? '' },
        },
      ];
    });
  },
});
