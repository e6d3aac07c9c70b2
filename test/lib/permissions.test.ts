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
  const optional = awsActions.flatMap(({ action, onlyWith }) => (onlyWith === undefined ? [] : action));
  const grantedBy = (config: object) =>
    policyStatements(templateOf({ ...oneVpc, ...config }))
      .flatMap(({ actions }) => actions)
      .filter((action) => optional.includes(action));
  expect(optional.length).toBeGreaterThan(0);
  expect(grantedBy({})).toEqual([]);
  expect(grantedBy({ metrics: 'findings' })).toEqual(['cloudwatch:GetMetricData']);
  expect(grantedBy({ changes: 'findings' })).toEqual(['cloudtrail:LookupEvents']);

  const endpointsBy = (config: object) => {
    const vpcs = oneVpc.vpcs.map((vpc) => ({ ...vpc, endpoints: { routeTableIds: ['rtb-0aaaaaaaaaaaaaa01'] } }));
    const made = templateOf({ ...oneVpc, vpcs, ...config }).findResources('AWS::EC2::VPCEndpoint');
    return Object.keys(made).length;
  };
  expect(endpointsBy({ metrics: 'all' })).toBe(endpointsBy({}) + 1);
  expect(endpointsBy({ metrics: 'all', changes: 'findings' })).toBe(endpointsBy({}) + 2);
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
