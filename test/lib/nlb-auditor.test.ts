import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { expect, test } from 'vitest';
import { NlbAuditor, type NlbAuditorProps } from '../../lib/nlb-auditor.ts';

function platform(): { stack: Stack; vpc: ec2.IVpc } {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new Stack(app, 'platform', { env: { account: '111122223333', region: 'eu-west-1' } });
  // The class admits undefined where the interface does not (exactOptionalPropertyTypes).
  return { stack, vpc: new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['eu-west-1a'] }) as ec2.IVpc };
}

function auditorOf(props: Partial<NlbAuditorProps> = {}) {
  const { stack, vpc } = platform();
  return { stack, auditor: new NlbAuditor(stack, 'Auditor', { vpcs: [{ vpc }], ...props }) };
}

test('a cluster of the CDK stands for its name', () => {
  const { stack, vpc } = platform();
  const shop = eks.Cluster.fromClusterAttributes(stack, 'Shop', { clusterName: 'shop' });
  new NlbAuditor(stack, 'Auditor', { vpcs: [{ vpc, clusters: [shop, 'staging'] }] });
  const entries = Template.fromStack(stack).findResources('AWS::EKS::AccessEntry');
  expect(Object.values(entries).map(({ Properties }) => Properties.ClusterName)).toEqual(['shop', 'staging']);
});

test('a cluster of the same stack, whose name nobody knows yet, gets its entry', () => {
  const { stack, vpc } = platform();
  const shop = new eks.CfnCluster(stack, 'Shop', {
    roleArn: 'arn:aws:iam::111122223333:role/eks',
    resourcesVpcConfig: { subnetIds: ['subnet-0aaaaaaaaaaaaaa01'] },
  });
  const imported = eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: shop.ref });
  new NlbAuditor(stack, 'Auditor', { vpcs: [{ vpc, clusters: [imported] }] });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Shop' } });
});

test('other security groups admit its probes by connections', () => {
  const { stack, auditor } = auditorOf();
  const [audited] = auditor.auditors;
  const nodes = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Nodes', 'sg-0aaaaaaaaaaaaaa01');
  nodes.connections.allowFrom(auditor, ec2.Port.tcp(8080));
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    GroupId: 'sg-0aaaaaaaaaaaaaa01',
    FromPort: 8080,
    SourceSecurityGroupId: stack.resolve(audited?.securityGroup.securityGroupId),
  });
  expect(audited?.connections.securityGroups).toEqual([audited?.securityGroup]);
});

test.each([
  ['grantReadFindings', 'dynamodb:Query'],
  ['grantReadReports', 's3:GetObject*'],
  ['grantInvoke', 'lambda:InvokeFunction'],
  ['grantSubscribe', 'sns:Subscribe'],
] as const)('%s lets a role do so', (grant, action) => {
  const { stack, auditor } = auditorOf();
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  auditor[grant](role);
  const [id] = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Role')).filter((each) =>
    /^Reader/.test(each),
  );
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: [{ Ref: id }],
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow' })]) },
  });
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const own = policies.filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(String(id)));
  expect(JSON.stringify(own)).toContain(`"${action}"`);
});

test('its metrics are those of its VPC, with the period of the application', () => {
  const { stack, auditor } = auditorOf({ name: 'shop-audit' });
  const [audited] = auditor.auditors;
  const metric = audited?.metricUnhealthy({ period: Duration.hours(1), label: 'causes' });
  expect(stack.resolve(metric?.toMetricConfig().metricStat)).toMatchObject({
    namespace: 'EksNlbAuditor',
    metricName: 'Unhealthy',
    statistic: 'Sum',
    period: { amount: 1 },
    dimensions: [{ name: 'Deployment', value: 'shop-audit' }, { name: 'Vpc' }],
  });
  expect(audited?.metricRunCompleted().metricName).toBe('RunCompleted');
  expect(audited?.metricRunIncomplete().metricName).toBe('RunIncomplete');
});

test.each([
  ['{}', {}, 'NlbAuditor platform/Auditor: vpcs is missing; give a list of VPCs'],
  ['no VPC', { vpcs: [] }, 'NlbAuditor platform/Auditor: vpcs is empty; give at least one VPC'],
  ['an object', { vpcs: {} }, 'vpcs is no list'],
  ['an id', { vpcs: [{ vpc: 'vpc-1' }] }, 'vpcs[0].vpc is missing or no VPC; give an IVpc'],
  ['a word', { vpcs: ['vpc-1'] }, 'vpcs[0] is no object'],
])('a compiler is not needed to see what is wrong: %s', (_, props, sentence) => {
  const { stack } = platform();
  expect(() => new NlbAuditor(stack, 'Auditor', props as never)).toThrow(sentence);
});

test('a VPC itself, an unknown field and a wrong list of clusters are named', () => {
  const { stack, vpc } = platform();
  const refused = (vpcs: unknown) => () => new NlbAuditor(stack, 'Auditor', { vpcs } as never);
  expect(refused([vpc])).toThrow('vpcs[0] is a VPC itself; give it as `{ vpc }`');
  stack.node.tryRemoveChild('Auditor');
  expect(refused([{ vpc, cluster: 'shop' }])).toThrow(
    'vpcs[0].cluster is not a known field; known are vpc, subnets, clusters',
  );
  stack.node.tryRemoveChild('Auditor');
  expect(refused([{ vpc, clusters: 'shop' }])).toThrow('vpcs[0].clusters is no list of clusters');
});

test('an unknown option beside the VPCs is named', () => {
  const { stack, vpc } = platform();
  expect(() => new NlbAuditor(stack, 'Auditor', { vpcs: [{ vpc }], cluster: 'shop' } as never)).toThrow(
    'cluster is not a known field',
  );
});
