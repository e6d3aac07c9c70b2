import * as z from 'zod';

const text = z.string().min(1);
const number = z.number();
/** Objects of a list, each with what the auditor cannot do without; other fields pass. */
const listOf = (fields: z.core.$ZodLooseShape) => z.array(z.looseObject(fields));
const answer = (fields: z.core.$ZodLooseShape) => z.looseObject(fields);
const attributes = answer({ Attributes: listOf({ Key: text }) });

/**
 * What a good answer of each action has at least, by IAM action (API references of STS, EKS, Elastic Load Balancing, CloudWatch, CloudWatch Logs, CloudTrail and EC2; an
 * empty list is there as one). An answer without it is HTML of a proxy, or cut off, and says nothing about what exists.
 */
export const answerShapes: Record<string, z.ZodType> = {
  'sts:GetCallerIdentity': answer({ Arn: text, Account: text }),
  'sts:AssumeRole': answer({
    Credentials: z.looseObject({ AccessKeyId: text, SecretAccessKey: text, SessionToken: text }),
  }),

  'eks:ListClusters': answer({ clusters: z.array(text) }),
  'eks:DescribeCluster': answer({
    cluster: z.looseObject({
      name: text,
      arn: text,
      status: text,
      resourcesVpcConfig: z.looseObject({ vpcId: text.optional() }),
    }),
  }),
  'eks:DescribeAddon': answer({ addon: z.looseObject({ addonName: text }) }),
  'eks:ListCapabilities': answer({ capabilities: listOf({ capabilityName: text }) }),
  'eks:CreateAccessEntry': answer({ accessEntry: z.looseObject({ principalArn: text }) }),
  'eks:DescribeAccessEntry': answer({ accessEntry: z.looseObject({ principalArn: text }) }),
  'eks:ListAssociatedAccessPolicies': answer({ associatedAccessPolicies: listOf({ policyArn: text }) }),
  'eks:AssociateAccessPolicy': answer({ associatedAccessPolicy: z.looseObject({ policyArn: text }) }),

  'elasticloadbalancing:DescribeLoadBalancers': answer({
    LoadBalancers: listOf({ LoadBalancerArn: text, Type: text }),
  }),
  'elasticloadbalancing:DescribeLoadBalancerAttributes': attributes,
  'elasticloadbalancing:DescribeListeners': answer({ Listeners: listOf({ ListenerArn: text, LoadBalancerArn: text }) }),
  'elasticloadbalancing:DescribeTargetGroups': answer({
    TargetGroups: listOf({ TargetGroupArn: text, TargetType: text }),
  }),
  'elasticloadbalancing:DescribeTargetGroupAttributes': attributes,
  'elasticloadbalancing:DescribeTargetHealth': answer({
    TargetHealthDescriptions: listOf({
      Target: z.looseObject({ Id: text }),
      TargetHealth: z.looseObject({ State: text }),
    }),
  }),
  'elasticloadbalancing:DescribeTags': answer({ TagDescriptions: listOf({ ResourceArn: text }) }),

  'cloudtrail:LookupEvents': answer({ Events: listOf({ EventId: text }) }),
  'logs:FilterLogEvents': answer({ events: listOf({ message: z.string() }) }),
  'cloudwatch:GetMetricData': answer({ MetricDataResults: listOf({ Id: text, StatusCode: text }) }),

  'ec2:DescribeRegions': answer({ Regions: listOf({ RegionName: z.string().regex(/^[a-z\d-]{5,30}$/) }) }),
  'ec2:DescribeInstances': answer({
    Reservations: listOf({ Instances: listOf({ InstanceId: text, State: z.looseObject({ Name: text }) }) }),
  }),
  'ec2:DescribeNetworkInterfaces': answer({ NetworkInterfaces: listOf({ NetworkInterfaceId: text }) }),
  'ec2:DescribeSecurityGroups': answer({ SecurityGroups: listOf({ GroupId: text }) }),
  'ec2:DescribeSecurityGroupRules': answer({
    SecurityGroupRules: listOf({ SecurityGroupRuleId: text, GroupId: text, IsEgress: z.boolean() }),
  }),
  'ec2:DescribeNetworkAcls': answer({
    NetworkAcls: listOf({ NetworkAclId: text, Entries: listOf({ RuleNumber: number, RuleAction: text }) }),
  }),
  'ec2:DescribeSubnets': answer({ Subnets: listOf({ SubnetId: text, AvailabilityZone: text }) }),
  'ec2:DescribeRouteTables': answer({ RouteTables: listOf({ RouteTableId: text }) }),
  'ec2:DescribeFlowLogs': answer({ FlowLogs: listOf({ FlowLogId: text }) }),
  'ec2:DescribeVpcs': answer({ Vpcs: listOf({ VpcId: text }) }),
  'ec2:DescribeDhcpOptions': answer({ DhcpOptions: listOf({ DhcpOptionsId: text }) }),
  'ec2:DescribeVpcEndpointServiceConfigurations': answer({ ServiceConfigurations: listOf({ ServiceId: text }) }),
  'ec2:GetManagedPrefixListEntries': answer({ Entries: listOf({ Cidr: text }) }),
};
