import { nodeOf, serviceOf } from '../../kubernetes/service.ts';
import { agentOf, pluginOf } from '../../kubernetes/service-proxy.ts';
import type { Target } from '../../model/aws.ts';
import type { Facts } from '../../model/facts.ts';
import type { Step } from '../../model/fix.ts';
import type { TargetGroupContext } from '../../model/target-group-context.ts';
import { interfaceOf, loadBalancerInterfaces } from '../../network/interfaces.ts';
import type { Symptom } from './unexplained.ts';

/** What to look at next where every check of the catalogue was ruled out or unknown: it depends on how the health check ends. */
export function nextEvidence(symptom: Symptom): Step[] {
  switch (symptom) {
    case 'answered':
      return [readAnswer];
    case 'succeeds':
      return [compareChecks, ...packetsAndPath];
    case 'refused':
      return [listListeners];
    default:
      return packetsAndPath;
  }
}

/** Every step that `nextEvidence` may give. */
export const nextSteps = (): Step[] => [readAnswer, compareChecks, listListeners, ...packetsAndPath];

/** What would settle the cause, in one sentence. */
export const decidedNext: Record<Symptom, string> = {
  answered:
    'the log of the application, or of the proxy in front of it, at the time of one health check: the check arrives and is answered',
  refused:
    'the sockets that listen at the target (ss -ltnp): the check arrives, and nothing listens there or a rule rejects it',
  succeeds:
    'VPC flow logs of the target network interface: the same request succeeds from the auditor, so that the path from the load balancer differs, or the answer comes and goes',
  silent:
    'VPC flow logs of the target network interface, VPC Reachability Analyzer, or a packet capture on the target: they tell whether the health check arrives and what answers',
  'not-probed':
    'a probe from inside of the VPC, or VPC flow logs of the target network interface: they tell whether the health check arrives and what answers',
};

const readAnswer: Step = {
  text: 'The health check arrives and gets an answer that does not count as success: look for the reason in the log of the application, at the time of a check.',
  look: { kubectl: 'logs service/{service} --all-containers --prefix --since 10m', in: '{namespace}' },
};

const compareChecks: Step = {
  text: 'The same request succeeds from the auditor: compare with what Elastic Load Balancing sees at the same moment, several times.',
  look: { aws: 'elbv2 describe-target-health', options: '--target-group-arn {targetGroup}' },
};

const listListeners: Step = {
  text: 'The connection is refused: find out what should listen on port {healthCheckPort} of the target, and whether the endpoints of the Service name that port.',
  look: {
    kubectl: 'get endpointslices --selector kubernetes.io/service-name={service} --output yaml',
    in: '{namespace}',
  },
};

const askForwarder: Step = {
  text: '{plugin} forwards NodePorts in this cluster and may have dropped the health check: read what its agent on the node drops while a check comes.',
  look: { kubectl: 'get pods --all-namespaces --selector k8s-app={agent} --field-selector spec.nodeName={node}' },
  when: 'plugin',
};

const packetsAndPath: Step[] = [
  askForwarder,
  {
    text: 'Ask the flow logs of the target’s network interface: REJECT for the health check means a filter, ACCEPT without an answer means the host behind it, no record at all means that it never arrives.',
    look: {
      aws: 'ec2 describe-flow-logs',
      options: '--filter Name=resource-id,Values={vpc},{targetSubnet},{targetInterface}',
    },
  },
  {
    text: 'Let VPC Reachability Analyzer evaluate the way from the load balancer to the target. Its guide does not say that it takes the interface of a load balancer as a source; if it refuses, start at an instance in the same subnet.',
    change: {
      aws: 'ec2 start-network-insights-analysis',
      options: {
        'network-insights-path-id':
          '"$(aws ec2 create-network-insights-path --region {region} --source {loadBalancerInterface} --destination {targetInterface} --protocol tcp --destination-port {healthCheckPort} --query NetworkInsightsPath.NetworkInsightsPathId --output text)"',
      },
    },
    danger: 'Every analysis is charged, and the path stays until it is deleted.',
    verify:
      'aws ec2 describe-network-insights-analyses --region {region} --query "NetworkInsightsAnalyses[].[Status,NetworkPathFound,Explanations[].ExplanationCode]"',
  },
];

/** The ends of the health check of the first of these targets, for the commands above. */
export function endsOf(group: TargetGroupContext, facts: Facts, [target]: Target[]): Record<string, string | number> {
  if (target === undefined) return {};
  const { networkInterfaces } = facts.slices;
  const there = interfaceOf(target, group.targetGroup, networkInterfaces);
  const [here] = loadBalancerInterfaces(group.loadBalancer?.arn ?? '', networkInterfaces);
  return {
    healthCheckPort: target.healthCheckPort,
    ...(there && { targetInterface: there.id, targetSubnet: there.subnetId }),
    ...(here && { loadBalancerInterface: here.id }),
    ...forwarderOf(target, group, facts),
  };
}

/** What forwards the NodePort that is checked, where that is not kube-proxy, and where its agent is. */
function forwarderOf(target: Target, group: TargetGroupContext, { slices }: Facts): Record<string, string> {
  const plugin = pluginOf(slices.workloads, slices.configMaps);
  const service = serviceOf(group, slices.services);
  const node = nodeOf(target, slices.nodes);
  const isForwarded = service?.spec.ports.some(({ nodePort }) => nodePort === target.healthCheckPort) === true;
  if (plugin === undefined || node === undefined || !isForwarded) return {};
  return { plugin, agent: agentOf[plugin], node: node.metadata.name };
}
