import fc from 'fast-check';
import { parseConfig } from '../../../config/config.ts';
import { readSettings } from '../../../config/settings.ts';
import { UserError } from '../../../config/user-error.ts';
import { isSigned, readPress } from '../../../io/notify/slack-request.ts';
import { hostileText, hostileValue, spoiled } from '../hostile.ts';
import { expecting, type Subject, subject } from '../subject.ts';

const isUserError = (error: unknown): boolean => error instanceof UserError && error.message !== '';

const configs = [
  {
    account: '111122223333',
    vpcs: [
      {
        id: 'vpc-0d4f9a61c27be8305',
        region: 'eu-west-1',
        subnetIds: ['subnet-07c1e5b8a93d2f640', 'subnet-0b86f20d7e4a9c135'],
        availabilityZones: ['eu-west-1a', 'eu-west-1b'],
        clusters: ['shop-production'],
      },
    ],
    notify: { channels: { ops: { type: 'slack', secret: 'nlb/slack', channel: 'C0123456789' } } },
    checks: { 'pod-crashloop': 'low' },
    mutes: [{ pattern: 'shop/*', owner: 'ops', reason: 'moving', until: '2026-12-01T00:00:00Z' }],
  },
];

const settings = [
  {
    name: 'eks-nlb-auditor',
    table: 'eks-nlb-auditor',
    topicArn: 'arn:aws:sns:eu-west-1:111122223333:eks-nlb-auditor',
    vpcId: 'vpc-0d4f9a61c27be8305',
    clusters: ['shop'],
    channels: [{ name: 'ops', to: { type: 'teams', secret: 'nlb/teams' } }],
    lifeCycle: {},
    noise: {},
    mutes: [],
    probe: 'failing-only',
  },
];

const presses = [
  {
    type: 'block_actions',
    user: { id: 'U1', username: 'ana' },
    actions: [{ action_id: 'mute-1h', value: 'vpc-1 111122223333/eu-west-1/shop/pod-crashloop' }],
    response_url: 'https://hooks.slack.com/actions/1',
  },
];

/** Readers of JSON that people and services write. */
export const documentSubjects: Subject[] = [
  subject({ id: 'configurations' }, spoiled(configs), (given) =>
    expecting(() => parseConfig(given, 'config.json'), isUserError),
  ),
  subject(
    { id: 'settings of functions' },
    fc.oneof(
      hostileText,
      spoiled(settings).map((given) => JSON.stringify(given)),
    ),
    (text) => expecting(() => readSettings({ AUDITOR_SETTINGS: text }), isUserError),
  ),
  subject(
    { id: 'requests of Slack' },
    fc.oneof(
      hostileText,
      fc.oneof(spoiled(presses), hostileValue).map((given) => `payload=${encodeURIComponent(textOf(given))}`),
    ),
    (body) => {
      const press = readPress(body);
      if (press !== null && typeof press.incident !== 'string') throw new Error('a press without an incident');
      isSigned({ timestamp: body, signature: body, body }, 'secret', 0);
    },
  ),
];

/** JSON, of which lone surrogates are written as escapes. */
const textOf = (value: unknown): string => JSON.stringify(value) ?? 'null';
