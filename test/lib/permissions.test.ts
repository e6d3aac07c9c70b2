import { expect, test } from 'vitest';
import { awsActions } from '../../io/permissions.ts';
import { policyStatements } from './policy-statements.ts';
import { oneVpc, templateOf } from './synthesize.ts';

const template = templateOf({ ...oneVpc, notify: { slackWebhookSecret: 'nlb/slack' } });
const statements = policyStatements(template);
const reading = /^[a-z0-9-]+:(Describe|Get|List|Query|BatchGet)/;

const grantedTo = (role: 'AuditorRole' | 'NotifierRole') =>
  statements
    .filter(({ policy, effect }) => policy.includes(role) && effect === 'Allow')
    .flatMap(({ actions }) => actions);

test('each function may do everything that is listed for it', () => {
  const listed = (user: string) => awsActions.filter((entry) => entry.function === user).map(({ action }) => action);
  expect(listed('auditor').length).toBeGreaterThan(0);
  expect(listed('notifier').length).toBeGreaterThan(0);
  expect(grantedTo('AuditorRole')).toEqual(expect.arrayContaining(listed('auditor')));
  expect(grantedTo('NotifierRole')).toEqual(expect.arrayContaining(listed('notifier')));
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

test('only the notifier reads the Slack secret, and no other secret', () => {
  const readers = statements.filter(({ actions }) => actions.some((action) => action.startsWith('secretsmanager:')));
  expect(readers).toHaveLength(1);
  expect(readers[0]?.policy).toContain('NotifierRole');
  expect(readers[0]?.resources).toEqual([expect.stringContaining(':secret:nlb/slack-??????')]);
});
