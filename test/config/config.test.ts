import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { configJsonSchema, loadConfig, parseConfig } from '../../config/config.ts';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import { defaultNoise } from '../../core/notification/policy.ts';

const root = new URL('../../', import.meta.url).pathname;
const vpc = {
  id: 'vpc-0aaaaaaaaaaaaaa01',
  region: 'eu-west-1',
  subnetIds: ['subnet-0aaaaaaaaaaaaaa01'],
  availabilityZones: ['eu-west-1a'],
};

const mute = {
  pattern: '111122223333/eu-west-1/shop/*/pod-crashloop',
  owner: 'team payments',
  reason: 'The batch importer crashes on purpose until the new queue is there.',
  until: '2026-12-01T00:00:00Z',
};

test('a VPC is all that has to be said', () => {
  expect(parseConfig({ vpcs: [vpc] }, 'file')).toEqual({
    name: 'eks-nlb-auditor',
    vpcs: [{ ...vpc, clusters: [], clusterSecurityGroupIds: [], ipv6: false }],
    schedule: 'rate(5 minutes)',
    notify: { emails: [], channels: {}, routes: [], teamLabel: 'team' },
    lifeCycle: defaultLifeCycle,
    noise: defaultNoise,
    checks: {},
    mutes: [],
    kubernetesAccess: 'policies',
    grantOwnAccess: false,
    auditor: { memoryMb: 1024, timeoutMinutes: 5 },
    dashboard: true,
    scale: 'function',
    probe: true,
    metrics: 'off',
    changes: 'off',
    flowLogs: 'off',
    flowLogSources: [],
    triggers: [],
    elbCallsPerSecond: 5,
    retentionDays: { logs: 30, findings: 180, reports: 30 },
    tags: {},
  });
});

describe('a wrong field is named with its value and the remedy', () => {
  test.each<[string, object, string]>([
    ['no VPC', { vpcs: [] }, 'vpcs is []; give at least one VPC.'],
    ['nothing at all', {}, 'vpcs is missing; give a list of VPCs.'],
    ['an unknown trigger', { vpcs: [vpc], triggers: ['cron'] }, 'triggers[0] is "cron"; give `alarms`, `changes`.'],
    ['a trigger twice', { vpcs: [vpc], triggers: ['alarms', 'alarms'] }, 'name each trigger once.'],
    ['the same VPC twice', { vpcs: [vpc, vpc] }, 'name each VPC once.'],
    ['an id that is none', { vpcs: [{ ...vpc, id: 'vpc-main' }] }, 'vpcs[0].id is "vpc-main"; give the id of the VPC'],
    ['no subnet', { vpcs: [{ ...vpc, subnetIds: [], availabilityZones: [] }] }, 'give at least one subnet id'],
    [
      'fewer zones than subnets',
      { vpcs: [{ ...vpc, availabilityZones: [] }] },
      'vpcs[0].availabilityZones is []; give one zone for each of the 1 subnets, in the same order.',
    ],
    [
      'zones of another Region',
      { vpcs: [{ ...vpc, availabilityZones: ['us-east-1a'] }] },
      'vpcs[0].availabilityZones is ["us-east-1a"]; give zones of eu-west-1.',
    ],
    ['an unknown field', { vpcs: [vpc], slack: 1 }, 'slack is not a known field; remove it or correct its name'],
    ['an unknown inner field', { vpcs: [{ ...vpc, subnets: [] }] }, 'vpcs[0].subnets is not a known field'],
    ['a cron schedule', { vpcs: [vpc], schedule: 'cron(0 * * * ? *)' }, 'give `rate(5 minutes)` or another rate'],
    ['an ungrammatical rate', { vpcs: [vpc], schedule: 'rate(1 minutes)' }, 'schedule is "rate(1 minutes)"'],
    ['too many calls', { vpcs: [vpc], elbCallsPerSecond: 11 }, 'elbCallsPerSecond is 11; give a whole number from 1'],
    [
      'an odd log retention',
      { vpcs: [vpc], retentionDays: { logs: 31 } },
      'retentionDays.logs is 31; give a retention',
    ],
    ['a word for a switch', { vpcs: [vpc], probe: 'yes' }, 'probe is "yes"; give true, false or "failing-only".'],
    ['a number as account', { vpcs: [vpc], account: 111122223333 }, 'account is 111122223333; give the 12 digits'],
    ['a text for an object', { vpcs: [vpc], notify: 'me' }, 'notify is "me"; give an object'],
    [
      'an unknown check',
      { vpcs: [vpc], checks: { 'pod-crashlop': 'off' } },
      'checks.pod-crashlop is not a known field; remove it or correct its name',
    ],
    [
      'a grade that is none',
      { vpcs: [vpc], checks: { 'pod-crashloop': 'loud' } },
      'checks.pod-crashloop is "loud"; give `off` or a severity: critical, high, medium, low, info.',
    ],
    [
      'zones without subnets',
      { vpcs: [{ id: vpc.id, region: vpc.region, availabilityZones: ['eu-west-1a'] }] },
      'vpcs[0].availabilityZones is ["eu-west-1a"]; leave it out, or give the subnets in `subnetIds` too.',
    ],
    [
      'endpoints without a way to DynamoDB',
      { vpcs: [{ ...vpc, endpoints: { routeTableIds: [] } }] },
      'vpcs[0].endpoints.routeTableIds is []; give the route tables of the subnets',
    ],
    [
      'a mute that nobody owns',
      { vpcs: [vpc], mutes: [{ ...mute, owner: '' }] },
      'mutes[0].owner is ""; name the owner',
    ],
    [
      'a mute without a reason',
      { vpcs: [vpc], mutes: [{ ...mute, reason: undefined }] },
      'mutes[0].reason is missing; give the reason why',
    ],
    [
      'a mute until a day',
      { vpcs: [vpc], mutes: [{ ...mute, until: '2026-12-01' }] },
      'mutes[0].until is "2026-12-01"; give the moment when it ends, in RFC 3339: `2026-12-01T00:00:00Z`.',
    ],
    [
      'a mute without an end',
      { vpcs: [vpc], mutes: [{ ...mute, until: undefined }] },
      'mutes[0].until is missing; give the moment',
    ],
    [
      'more mutes than a function can be told',
      { vpcs: [vpc], mutes: Array.from({ length: 20 }, () => mute) },
      'that fit into the environment of a function: remove mutes that have ended',
    ],
    ['a budget of nothing', { vpcs: [vpc], budgetUsdPerMonth: 0 }, 'budgetUsdPerMonth is 0; give an amount above 0'],
    ['too little time', { vpcs: [vpc], auditor: { timeoutMinutes: 0 } }, 'auditor.timeoutMinutes is 0; give a whole'],
    ['too little memory', { vpcs: [vpc], auditor: { memoryMb: 128 } }, 'auditor.memoryMb is 128; give a whole number'],
    ['an access that is none', { vpcs: [vpc], kubernetesAccess: 'admin' }, 'give `policies` or `cluster-role`.'],
    ['an organization that is none', { vpcs: [vpc], organizationId: 'acme' }, 'organizationId is "acme"; give the id'],
    [
      'a topic without its key',
      { vpcs: [vpc], notify: { centralTopic: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:findings' } } },
      'notify.centralTopic.keyArn is missing; give the ARN of the key',
    ],
    [
      'a channel of no known type',
      { vpcs: [vpc], notify: { channels: { team: { type: 'irc' } } } },
      'notify.channels.team.type is "irc"; give a channel with its `type`: slack, slack-webhook, teams, pagerduty or event',
    ],
    [
      'a name of a Slack channel for its id',
      { vpcs: [vpc], notify: { channels: { team: { type: 'slack', channel: '#alerts', secret: 'nlb/slack' } } } },
      'notify.channels.team.channel is "#alerts"; give the id of the Slack channel, for example `C0123456789`.',
    ],
    [
      'a route to nowhere',
      { vpcs: [vpc], notify: { routes: [{ match: {}, to: ['team'] }] } },
      'notify.routes[0].to[0] is "team"; give the name of a channel: sns, eventbridge.',
    ],
    [
      'a severity that is none',
      { vpcs: [vpc], notify: { routes: [{ match: { severity: 'bad' }, to: ['sns'] }] } },
      'notify.routes[0].match.severity is "bad"; give a severity: critical, high, medium, low, info.',
    ],
    [
      'buttons without a channel for them',
      { vpcs: [vpc], notify: { buttons: { signingSecret: 'nlb/signing' } } },
      'add a channel of type `slack`: a webhook has no buttons.',
    ],
    [
      'more bad runs than runs',
      { vpcs: [vpc], lifeCycle: { openAfter: { bad: 3, of: 2 } } },
      'lifeCycle.openAfter is {"bad":3,"of":2}; give `bad` no more than `of`',
    ],
    [
      'a time zone that is none',
      { vpcs: [vpc], noise: { quietHours: { from: '20:00', to: '07:00', timeZone: 'Berlin' } } },
      'noise.quietHours.timeZone is "Berlin"; give a time zone of the IANA database',
    ],
    [
      'a time of day that is none',
      { vpcs: [vpc], noise: { quietHours: { from: '24:00', to: '07:00', timeZone: 'UTC' } } },
      'noise.quietHours.from is "24:00"; give a time of day',
    ],
    ['a reserved tag', { vpcs: [vpc], tags: { 'aws:x': 'y' } }, 'does not begin with `aws:`'],
    [
      'an address that is none',
      { vpcs: [vpc], notify: { emails: ['me'] } },
      'notify.emails[0] is "me"; give an e-mail',
    ],
  ])('%s', (_, given, message) => {
    expect(() => parseConfig(given, 'file')).toThrow(
      expect.objectContaining({ name: 'UserError', message: expect.stringContaining(`file: `) }),
    );
    expect(() => parseConfig(given, 'file')).toThrow(message);
  });

  test('several wrong fields are named in one go', () => {
    expect(() => parseConfig({ vpcs: [{ ...vpc, id: 'x' }], probe: 1 }, 'file')).toThrow(
      /^file: vpcs\[0\]\.id .*\nfile: probe is 1; .*$/,
    );
  });
});

describe('the Slack secret', () => {
  const withSecret = (slackWebhookSecret: unknown) => () =>
    parseConfig({ vpcs: [vpc], notify: { slackWebhookSecret } }, 'file');

  test.each(['nlb-auditor/slack', 'slack', 'prod/eu/slack_webhook@2'])('is a name: %s', (name) => {
    expect(withSecret(name)().notify.slackWebhookSecret).toBe(name);
  });

  test.each([
    'https://hooks.slack.com/services/T0000/B0000/sesame',
    'hooks.slack.com/services/T0000/B0000/sesame',
    'services/T0000/B0000/sesame',
    'T0000/B0000/sesame',
    `xox${'b'}-1234-sesame`,
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:sesame',
  ])('is refused and not repeated where it is no name: %s', (credential) => {
    expect(withSecret(credential)).toThrow('put the webhook URL into a secret of Secrets Manager and give its name');
    expect(withSecret(credential)).not.toThrow('sesame');
  });

  test('is not repeated from a wrong field either', () => {
    const given = { vpcs: [vpc], notify: { emails: ['https://hooks.slack.com/services/T0000/B0000/sesame'] } };
    expect(() => parseConfig(given, 'file')).toThrow('notify.emails[0] may be a credential');
    expect(() => parseConfig(given, 'file')).not.toThrow('sesame');
  });
});

describe('the secret of a channel', () => {
  const channels = (channel: object) => () =>
    parseConfig({ vpcs: [vpc], notify: { channels: { team: channel } } }, 'f');

  test.each([
    ['slack', { channel: 'C0123456789' }, 'the bot token', `xox${'b'}-1234-sesame`],
    ['slack-webhook', {}, 'the webhook URL', 'https://hooks.slack.com/services/T0/B0/sesame'],
    ['teams', {}, 'the URL of the workflow', 'https://prod.example/workflows/1?sig=sesame'],
    ['pagerduty', {}, 'the integration key', 'sesame0sesame0sesame0sesame0sesa'],
  ])('of type %s is a name, and what is none is refused and not repeated', (type, rest, what, value) => {
    expect(channels({ type, ...rest, secret: 'nlb/team' })().notify.channels['team']).toMatchObject({ type });
    expect(channels({ type, ...rest, secret: value })).toThrow(
      `f: notify.channels.team.secret may be a credential, so it is not repeated here; put ${what} into a secret`,
    );
    expect(channels({ type, ...rest, secret: value })).not.toThrow('sesame');
  });
});

describe('a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'config-'));

  test('that is missing is named with what to do', () => {
    expect(() => loadConfig(join(directory, 'absent.json'))).toThrow(/absent\.json cannot be read .*copy examples/);
  });

  test('that is not JSON is named with what is wrong', () => {
    const path = join(directory, 'broken.json');
    writeFileSync(path, '{ "vpcs": [, ] }');
    expect(() => loadConfig(path)).toThrow(/broken\.json is not JSON \(Unexpected token/);
  });
});

describe('the published schema', () => {
  test('is that of the code: `npm run docs` writes it', () => {
    expect(readFileSync(`${root}docs/config.schema.json`, 'utf8')).toBe(configJsonSchema());
  });

  const validate = new Ajv2020({ strict: false, formats: { email: true, 'date-time': true } }).compile(
    JSON.parse(configJsonSchema()),
  );
  const examples = readdirSync(`${root}examples`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `examples/${name}`);

  test.each(['auditor.config.json', ...examples])('admits %s, which the code admits too', (path) => {
    expect(validate(JSON.parse(readFileSync(root + path, 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
    expect(loadConfig(root + path).vpcs.length).toBeGreaterThan(0);
  });

  test('refuses what the code refuses', () => {
    expect(validate({ vpcs: [{ ...vpc, id: 'vpc-main' }] })).toBe(false);
    expect(validate({ vpcs: [vpc], slack: 1 })).toBe(false);
  });
});
