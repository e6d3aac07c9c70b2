import {
  DescribeTargetGroupsCommand,
  type DescribeTargetGroupsCommandInput,
  type ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { networkProtocols } from '../../core/survey/network-protocols.ts';
import { InvalidAnswer } from '../aws/read-error.ts';

/** A target group of a Network Load Balancer, and the VPC whose auditor reads it. */
export interface PlacedGroup {
  arn: string;
  vpcId: string;
}

/** ARNs in one call; a longer list would not be answered in one page. */
const atOnce = 100;

/** Those of these target groups that are there and belong to a Network Load Balancer. */
export async function findGroups(elbv2: ElasticLoadBalancingV2Client, arns: readonly string[]): Promise<PlacedGroup[]> {
  const found: PlacedGroup[] = [];
  for (let first = 0; first < arns.length; first += atOnce) {
    found.push(...(await describe(elbv2, arns.slice(first, first + atOnce))));
  }
  return found;
}

/** The target groups of a load balancer; none where it is gone. */
export async function groupsOfBalancer(
  elbv2: ElasticLoadBalancingV2Client,
  LoadBalancerArn: string,
): Promise<PlacedGroup[]> {
  try {
    return await read(elbv2, { LoadBalancerArn });
  } catch (error) {
    if (error instanceof LoadBalancerNotFoundException) return [];
    throw error;
  }
}

/** One that is gone refuses the answer about the others too: then each is asked about alone. */
async function describe(elbv2: ElasticLoadBalancingV2Client, arns: string[]): Promise<PlacedGroup[]> {
  try {
    return await read(elbv2, { TargetGroupArns: arns });
  } catch (error) {
    if (!(error instanceof TargetGroupNotFoundException)) throw error;
    if (arns.length === 1) return [];
    const halves = [arns.slice(0, arns.length / 2), arns.slice(arns.length / 2)];
    const found: PlacedGroup[] = [];
    for (const half of halves) found.push(...(await describe(elbv2, half)));
    return found;
  }
}

async function read(
  elbv2: ElasticLoadBalancingV2Client,
  about: DescribeTargetGroupsCommandInput,
): Promise<PlacedGroup[]> {
  const { TargetGroups } = await elbv2.send(new DescribeTargetGroupsCommand(about));
  // An empty list is a list: what has none came from something between here and AWS.
  if (TargetGroups === undefined)
    throw new InvalidAnswer('elasticloadbalancing:DescribeTargetGroups was answered without a list');
  return TargetGroups.flatMap(({ TargetGroupArn: arn, VpcId: vpcId, Protocol }) =>
    arn === undefined || vpcId === undefined || !networkProtocols.has(Protocol ?? '') ? [] : [{ arn, vpcId }],
  );
}
