import type { Json } from './placeholders.ts';

/** Clusters that one stack without the CDK can name. */
export const clusterNumbers = [1, 2, 3, 4, 5];

const text = (description: string, rest: object = { Default: '' }): object => ({
  Type: 'String',
  Description: description,
  ...rest,
});

/** What the template asks for; what is left empty is not made. */
export const parameters: Record<string, object> = {
  VpcId: { Type: 'AWS::EC2::VPC::Id', Description: 'The VPC to audit.' },
  SubnetIds: {
    Type: 'List<AWS::EC2::Subnet::Id>',
    Description: 'Private subnets of the VPC that reach the AWS APIs by a NAT gateway or VPC endpoints.',
  },
  ...Object.fromEntries(
    clusterNumbers.map((number) => [
      `Cluster${number}`,
      text('Cluster whose Kubernetes API the auditor may read; its authentication mode must include API. Empty: none.'),
    ]),
  ),
  ...Object.fromEntries(
    clusterNumbers.map((number) => [
      `ClusterSecurityGroup${number}`,
      text('Cluster security group that gets a rule for the auditor, for private endpoints. Empty: none.'),
    ]),
  ),
  SlackWebhookSecret: text(
    'Name of the secret of Secrets Manager that holds the URL of a Slack webhook. Empty: no Slack.',
  ),
  Email: text('Address that receives findings and alarms. Empty: none.'),
  GrantOwnAccess: text('Whether the auditor gives itself its access entry in clusters of the VPC that have none.', {
    Default: 'false',
    AllowedValues: ['true', 'false'],
  }),
  Triggers: text(
    'What starts audits of single target groups between two runs: nothing, an alarm over all target groups, or also changes that CloudTrail records.',
    { Default: 'none', AllowedValues: ['none', 'alarms', 'alarms-and-changes'] },
  ),
  CodeBucket: text('Bucket in this Region that holds the code of the functions.', { MinLength: 3 }),
  CodePrefix: text('Where in the bucket, with a slash at its end.'),
};

/** The order in which the console shows them. */
export const parameterGroups = [
  { Label: { default: 'Network' }, Parameters: ['VpcId', 'SubnetIds'] },
  {
    Label: { default: 'Clusters' },
    Parameters: [
      ...clusterNumbers.map((number) => `Cluster${number}`),
      'GrantOwnAccess',
      ...clusterNumbers.map((number) => `ClusterSecurityGroup${number}`),
    ],
  },
  { Label: { default: 'Between two runs' }, Parameters: ['Triggers'] },
  { Label: { default: 'Messages' }, Parameters: ['SlackWebhookSecret', 'Email'] },
  { Label: { default: 'Code' }, Parameters: ['CodeBucket', 'CodePrefix'] },
];

/** What decides which resources there are, each with the condition under which it is chosen. */
export const choices: Record<string, { isChosen: Json }> = {
  SlackWebhookSecret: { isChosen: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'SlackWebhookSecret' }, ''] }] } },
  Email: { isChosen: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Email' }, ''] }] } },
  Triggers: { isChosen: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Triggers' }, 'none'] }] } },
  // After the triggers, which every stack with changes has: what is nested has the condition that says more.
  Changes: { isChosen: { 'Fn::Equals': [{ Ref: 'Triggers' }, 'alarms-and-changes'] } },
  GrantOwnAccess: { isChosen: { 'Fn::Equals': [{ Ref: 'GrantOwnAccess' }, 'true'] } },
};
