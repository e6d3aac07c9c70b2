import { expect, test } from 'vitest';
import { readSettings } from '../../config/settings.ts';
import { UserError } from '../../config/user-error.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../core/notification/policy.ts';

const read = (settings: unknown) => readSettings({ AUDITOR_SETTINGS: JSON.stringify(settings) });
const least = { name: 'eks-nlb-auditor', table: 'findings' };

test('a name and a table are enough', () => {
  expect(read(least)).toEqual({
    ...least,
    subnetIds: [],
    scale: 'function',
    securityGroupIds: [],
    channels: [],
    routes: [],
    lifeCycle: defaultLifeCycle,
    noise: defaultNoise,
    checks: {},
    mutes: [],
    probe: true,
    metrics: 'off',
    changes: 'off',
    flowLogs: 'off',
    elbCallsPerSecond: 5,
    findingsRetentionDays: 180,
  });
});

test('fields of a newer stack are passed over', () => {
  expect(read({ ...least, later: true })).not.toHaveProperty('later');
});

test.each([
  [undefined, 'AUDITOR_SETTINGS is missing; deploy the function with its stack.'],
  ['{', 'AUDITOR_SETTINGS is not JSON; give one object of settings.'],
  [
    JSON.stringify({ name: 'a' }),
    'AUDITOR_SETTINGS: table is missing; give the name of the DynamoDB table of findings.',
  ],
  [
    JSON.stringify({ ...least, elbCallsPerSecond: 0 }),
    'AUDITOR_SETTINGS: elbCallsPerSecond is 0; give a number above 0, for example 5.',
  ],
  [
    JSON.stringify({ ...least, subnetIds: 'subnet-1' }),
    'AUDITOR_SETTINGS: subnetIds is "subnet-1"; give the ids of the subnets of this function.',
  ],
])('%s is refused with its remedy', (json, message) => {
  expect(() => readSettings({ AUDITOR_SETTINGS: json })).toThrow(new UserError(message));
});

test('a Slack credential in place of a name is refused and not repeated', () => {
  const settings = { ...least, slackWebhookSecret: 'https://hooks.slack.com/services/T0/B0/secret' };
  expect(() => read(settings)).toThrow(/slackWebhookSecret may be a credential, so it is not repeated here; put the/);
});
