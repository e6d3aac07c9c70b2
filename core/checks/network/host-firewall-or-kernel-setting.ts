import { check } from '../../diagnosis/check.ts';
import { describeFlows } from '../../history/flow-logs/describe-flows.ts';
import { healthCheckFlows } from '../../history/flow-logs/health-check-flows.ts';
import { eventsOfNode } from '../../kubernetes/node-events.ts';
import { serviceOf } from '../../kubernetes/service.ts';
import { pluginOf } from '../../kubernetes/service-proxy.ts';
import type { Target } from '../../model/aws.ts';
import { withId } from '../../model/indexed.ts';
import { formatOutcome, formatRequest, probesOf } from '../../probes/results.ts';
import { isSilent, silencesOf } from '../../probes/silent-targets.ts';

/** Events of the EKS node monitoring agent (EKS user guide, "Detect node health issues"). */
const reasons = ['UnexpectedRejectRule', 'NetworkSysctl'];

export const hostFirewallOrKernelSetting = check({
  id: 'host-firewall-or-kernel-setting',
  kind: 'fault',
  stage: 'network',
  order: 3,
  severity: 'high',
  dropSymptom: true,
  byElimination: true,
  title: 'The packets arrive at the node, and the node itself drops them',
  symptom: 'Nodes of one image are unhealthy and give no answer, nodes of another one are healthy with the same rules.',
  why: `In addition to security groups and network ACLs the host itself may filter packets. firewalld or ufw in the image, a default policy
of DROP, a strict reverse path filter or net.ipv4.tcp_tw_recycle drop connections to NodePorts silently, and nothing in AWS shows it.`,
  proof: `By elimination: routes, security groups and network ACLs admit the health check from the load balancer and from the prober, the node is
Ready and its pods answer, and the probe gets no answer. It is probable if all healthy nodes run another image, if the node
monitoring agent reported an event, or if a flow log shows that the health check arrives at the node and that nothing is sent back.`,
  nearMisses: [
    'If the pods behind the NodePort give no answer either, the node is not the cause.',
    'A refused connection shows that the node admits packets.',
    'A node that answers only some connections loses packets; a filter drops all of them.',
    'Where a flow log shows that the health check is rejected at the interface, or never arrives there, the node is not the cause.',
    'A node with further network interfaces may answer on the wrong one.',
    'Where Cilium, Calico or another plug-in forwards NodePorts, it may have dropped the packets: without a sign of a firewall it is left open which of the two did.',
  ],
  decidedBy:
    'the firewall rules and sysctls on the node (nft list ruleset, iptables-save, sysctl net.ipv4), or a packet capture there',
  fix: [
    {
      text: 'Check on the node: default policies, rules of firewalld or ufw, rp_filter.',
      change: {
        debugNode:
          'dnf install --quiet --assumeyes nftables iptables-nft; nft list ruleset; iptables-save; cat /proc/sys/net/ipv4/conf/all/rp_filter',
      },
    },
    {
      text: 'Admit TCP {port} in the image, or switch its firewall off and leave filtering to security groups; then replace the nodes.',
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html',
    'https://github.com/kubernetes/kubernetes/issues/97225',
    'https://docs.aws.amazon.com/eks/latest/userguide/node-health.html',
  ],
  masks: ['app-saturated', 'hc-thresholds-too-tight'],
  needs: [
    'probes',
    'services',
    'endpointSlices',
    'pods',
    'nodes',
    'networkInterfaces',
    'securityGroups',
    'subnets',
    'networkAcls',
  ],
  optional: ['prefixLists', 'instances', 'events', 'workloads', 'configMaps', 'flowLogs'],

  run(group, facts) {
    const imageOf = (instanceId: string | undefined) => withId(facts.instances ?? [], instanceId)?.imageId;
    const silences = silencesOf(group, facts);
    if (silences.length === 0) return [];
    const healthyImages = new Set(
      group.targets.filter(({ state }) => state === 'healthy').flatMap(({ id }) => imageOf(id) ?? []),
    );
    // By elimination it is the host, unless another program has the packets after it.
    const service = serviceOf(group, facts.services);
    const isForwarded = ({ healthCheckPort }: Target): boolean =>
      pluginOf(facts.workloads ?? [], facts.configMaps ?? []) !== undefined &&
      service?.spec.ports.some(({ nodePort }) => nodePort === healthCheckPort) === true;
    const isAnsweredAtTimes = (target: Target) =>
      probesOf(facts.probes, target, 'connect-again').some(({ outcome }) => !isSilent(outcome));
    return silences
      .filter(({ target }) => !isAnsweredAtTimes(target))
      .filter(({ target, pod }) => target.id.startsWith('i-') || pod?.spec.hostNetwork === true)
      .flatMap(({ target, probe, node, networkInterface }) => {
        const image = imageOf(networkInterface.instanceId);
        const differs = image !== undefined && healthyImages.size > 0 && !healthyImages.has(image);
        const said = eventsOfNode(facts.events ?? [], node?.metadata.name).find(({ reason }) =>
          reasons.includes(reason),
        );
        const flows = healthCheckFlows(target, group, { ...facts, flowLogs: facts.flowLogs ?? [] });
        const isDropped = flows?.fate === 'unanswered';
        if (flows !== undefined && !isDropped) return [];
        if (!differs && !isDropped && said === undefined && isForwarded(target)) return [];
        return {
          target,
          saw: [
            `${formatRequest(probe)}: ${formatOutcome(probe.outcome)}, though security groups and network ACLs admit it`,
            ...(differs ? [`the node runs ${image}, the healthy ones ${[...healthyImages].join(', ')}`] : []),
            ...(said === undefined ? [] : [`${said.reason}: ${said.note}`]),
            ...(flows === undefined ? [] : [describeFlows(target, flows)]),
          ].join('; '),
          expected: 'an answer, or a refusal',
          confidence: differs || isDropped || said !== undefined ? ('probable' as const) : ('possible' as const),
          values: { port: target.healthCheckPort, ...(node !== undefined && { node: node.metadata.name }) },
        };
      });
  },
});
