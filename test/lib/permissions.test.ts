import { expect, test } from 'vitest';
import { awsActions } from '../../config/permissions.ts';
import { policyStatements } from './policy-statements.ts';
import { everyChannel, oneVpc, templateOf } from './synthesize.ts';

const template = templateOf(everyChannel);
const statements = policyStatements(template);
const reading = /^[a-z0-9-]+:(Describe|Get|List|Query|BatchGet)/;

const grantedTo = (role: 'AuditorRole' | 'NotifierRole' | 'SlackButtonsRole') =>
  statements
    .filter(({ policy, effect }) => policy.includes(role) && effect === 'Allow')
    .flatMap(({ actions }) => actions);

test('each function may do everything that is listed for it', () => {
  const listed = (user: string) =>
    awsActions.filter((entry) => entry.function === user && entry.onlyWith === undefined).map(({ action }) => action);
  expect(listed('auditor').length).toBeGreaterThan(0);
  expect(listed('notifier').length).toBeGreaterThan(0);
  expect(grantedTo('AuditorRole')).toEqual(expect.arrayContaining(listed('auditor')));
  expect(grantedTo('NotifierRole')).toEqual(expect.arrayContaining(listed('notifier')));
  expect(grantedTo('SlackButtonsRole')).toEqual(expect.arrayContaining(listed('interactions')));
});

test('what only some deployments read is granted and reached where it is configured, and nowhere else', () => {
  const always = awsActions.flatMap(({ action, onlyWith }) => (onlyWith === undefined ? action : []));
  const optional = awsActions.flatMap(({ action }) => (always.includes(action) ? [] : action));
  const grantedBy = (config: object) =>
    policyStatements(templateOf({ ...oneVpc, ...config }))
      .flatMap(({ actions }) => actions)
      .filter((action) => optional.includes(action));
  expect(optional.length).toBeGreaterThan(0);
  expect(grantedBy({})).toEqual([]);
  expect(grantedBy({ metrics: 'findings' })).toEqual(['cloudwatch:GetMetricData']);
  expect(grantedBy({ changes: 'findings' })).toEqual(['cloudtrail:LookupEvents']);
  expect(grantedBy({ flowLogs: 'findings' })).toEqual(['ec2:DescribeFlowLogs']);

  const endpointsBy = (config: object) => {
    const vpcs = oneVpc.vpcs.map((vpc) => ({ ...vpc, endpoints: { routeTableIds: ['rtb-0aaaaaaaaaaaaaa01'] } }));
    const made = templateOf({ ...oneVpc, vpcs, ...config }).findResources('AWS::EC2::VPCEndpoint');
    return Object.keys(made).length;
  };
  expect(endpointsBy({ metrics: 'all' })).toBe(endpointsBy({}) + 1);
  expect(endpointsBy({ metrics: 'all', changes: 'findings', flowLogs: 'findings' })).toBe(endpointsBy({}) + 3);
});

test('flow logs are read where they are named, and of a bucket nothing else', () => {
  const flowLogSources = ['arn:aws:logs:eu-west-1:111122223333:log-group:/vpc/flow-logs', 'arn:aws:s3:::company-logs'];
  const grants = (flowLogs: string) =>
    policyStatements(templateOf({ ...oneVpc, flowLogs, flowLogSources }))
      .filter(({ resources }) => resources.some((resource) => /flow-logs|company-logs/.test(resource)))
      .map(({ actions, resources }) => [actions.join(), resources.map((resource) => JSON.parse(resource)).join(' ')]);
  expect(grants('off')).toEqual([]);
  expect(grants('findings')).toEqual([
    ['logs:FilterLogEvents', `${flowLogSources[0]} ${flowLogSources[0]}:*`],
    ['s3:ListBucket', 'arn:aws:s3:::company-logs'],
    ['s3:GetObject', 'arn:aws:s3:::company-logs/*AWSLogs/*vpcflowlogs/*'],
  ]);
});

test('whatever changes something is granted on resources of the stack only', () => {
  const changing = statements.filter(
    ({ effect, actions }) => effect === 'Allow' && actions.some((action) => !reading.test(action)),
  );
  expect(changing.length).toBeGreaterThan(0);
  const beyondTheStack = changing
    .filter(({ resources }) => resources.includes('"*"'))
    .flatMap(({ actions }) => actions.filter((action) => !reading.test(action)));
  expect([...new Set(beyondTheStack)].toSorted()).toEqual([
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:UnassignPrivateIpAddresses',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ]);
});

test('the network interfaces that Lambda may change are out of reach of the code', () => {
  expect(statements.filter(({ effect }) => effect === 'Deny')).toEqual([
    expect.objectContaining({
      policy: expect.stringContaining('AuditorRole'),
      actions: expect.arrayContaining(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface']),
      condition: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }),
  ]);
});

test('only the notifier and the answer to buttons read secrets, each its own', () => {
  const readers = statements.filter(({ actions }) => actions.some((action) => action.startsWith('secretsmanager:')));
  const namesOf = (role: string) =>
    readers
      .filter(({ policy }) => policy.includes(role))
      .flatMap(({ resources }) => resources.map((resource) => /:secret:(.*?)-\?{6}/.exec(resource)?.[1]));
  expect(readers).toHaveLength(2);
  expect(namesOf('NotifierRole').toSorted()).toEqual(['nlb/pagerduty', 'nlb/slack', 'nlb/teams']);
  expect(namesOf('SlackButtonsRole')).toEqual(['nlb/signing']);
});

test('the function that strangers can call writes mutes and requests, and nothing else into the table', () => {
  const writing = statements.filter(
    ({ policy, actions }) =>
      policy.includes('SlackButtonsRole') && actions.some((action) => action.startsWith('dynamodb:')),
  );
  expect(writing).toMatchObject([
    {
      actions: ['dynamodb:PutItem'],
      condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['MUTES', 'REQUESTS'] } },
    },
  ]);
});
