import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { OptionalRead } from '../config/permissions.ts';

export interface VpcEndpointsProps {
  vpc: ec2.IVpc;
  subnets: ec2.SubnetSelection;
  /** Who may use the interface endpoints. */
  from: ec2.ISecurityGroup;
  routeTableIds: readonly string[];
  /** What is read beyond the minimum, from services of their own. */
  reads: OptionalRead[];
}

const services = {
  eks: ec2.InterfaceVpcEndpointAwsService.EKS,
  elasticloadbalancing: ec2.InterfaceVpcEndpointAwsService.ELASTIC_LOAD_BALANCING,
  ec2: ec2.InterfaceVpcEndpointAwsService.EC2,
};

/** Services that only some deployments call. */
const optional: Record<OptionalRead, [name: string, ec2.InterfaceVpcEndpointAwsService]> = {
  metrics: ['monitoring', ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING],
  changes: ['cloudtrail', ec2.InterfaceVpcEndpointAwsService.CLOUDTRAIL],
  // Buckets are reached by the gateway endpoint of S3.
  flowLogs: ['logs', ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS],
};

/** The ways to AWS that an auditor needs in subnets without a NAT gateway; signing for EKS is local and needs no STS. */
export function vpcEndpoints(scope: Construct, { vpc, subnets, from, routeTableIds, reads }: VpcEndpointsProps): void {
  const securityGroup = new ec2.SecurityGroup(scope, 'EndpointSecurityGroup', {
    vpc,
    description: 'VPC endpoints of eks-nlb-auditor',
    allowAllOutbound: false,
  });
  securityGroup.addIngressRule(from, ec2.Port.tcp(443), 'eks-nlb-auditor calls AWS');
  for (const [name, service] of [...Object.entries(services), ...reads.map((read) => optional[read])]) {
    new ec2.InterfaceVpcEndpoint(scope, `Endpoint-${name}`, {
      vpc,
      subnets,
      service,
      securityGroups: [securityGroup],
      open: false,
      privateDnsEnabled: true,
    });
  }
  for (const name of ['dynamodb', 's3']) {
    new ec2.CfnVPCEndpoint(scope, `Endpoint-${name}`, {
      vpcId: vpc.vpcId,
      vpcEndpointType: 'Gateway',
      serviceName: `com.amazonaws.${Stack.of(scope).region}.${name}`,
      routeTableIds: [...routeTableIds],
    });
  }
}
