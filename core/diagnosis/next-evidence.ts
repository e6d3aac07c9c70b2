import type { Target } from '../model/aws.ts';
import type { Facts } from '../model/facts.ts';
import type { Group } from '../model/target-group-context.ts';
import { interfaceOf, loadBalancerInterfaces } from '../network/interfaces.ts';
import type { Fix } from './check.ts';

/** What to get next where every check of the catalogue was ruled out or unknown. */
export const nextEvidence: Fix[] = [
  {
    text: 'Ask the flow logs of the target’s network interface: REJECT for the health check means a filter, ACCEPT without an answer means the host behind it, no record at all means that it never arrives.',
    command:
      'aws ec2 describe-flow-logs --region {region} --filter Name=resource-id,Values={vpc},{targetSubnet},{targetInterface}',
  },
  {
    text: 'Let VPC Reachability Analyzer evaluate the way from the load balancer to the target. Its guide does not say that it takes the interface of a load balancer as a source; if it refuses, start at an instance in the same subnet.',
    command:
      'aws ec2 start-network-insights-analysis --region {region} --network-insights-path-id "$(aws ec2 create-network-insights-path --region {region} --source {loadBalancerInterface} --destination {targetInterface} --protocol tcp --destination-port {healthCheckPort} --query NetworkInsightsPath.NetworkInsightsPathId --output text)"',
    danger: 'Every analysis is charged, and the path stays until it is deleted.',
    verify:
      'aws ec2 describe-network-insights-analyses --region {region} --query "NetworkInsightsAnalyses[].[Status,NetworkPathFound,Explanations[].ExplanationCode]"',
  },
];

/** The ends of the health check of the first of these targets, for the commands above. */
export function endsOf(group: Group, facts: Facts, [target]: Target[]): Record<string, string | number> {
  if (target === undefined) return {};
  const { networkInterfaces } = facts.slices;
  const there = interfaceOf(target, group.targetGroup, networkInterfaces);
  const [here] = loadBalancerInterfaces(group.loadBalancer?.arn ?? '', networkInterfaces);
  return {
    healthCheckPort: target.healthCheckPort,
    ...(there && { targetInterface: there.id, targetSubnet: there.subnetId }),
    ...(here && { loadBalancerInterface: here.id }),
  };
}
