import * as iam from 'aws-cdk-lib/aws-iam';

const changes = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
];
const reads = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];

/**
 * Lets Lambda place functions of this role into a VPC, and forbids the same changes to the functions' own code, whose
 * calls alone carry `lambda:SourceFunctionArn` (Lambda developer guide, "Giving Lambda functions access to resources
 * in an Amazon VPC").
 */
export function allowNetworkInterfaces(role: iam.Role): void {
  role.addToPolicy(new iam.PolicyStatement({ actions: [...changes, ...reads], resources: ['*'] }));
  role.addToPolicy(
    new iam.PolicyStatement({
      effect: iam.Effect.DENY,
      actions: changes,
      resources: ['*'],
      conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  );
}
