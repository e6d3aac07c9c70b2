import { describe, expect, test } from 'vitest';
import { defaultLifeCycle } from '../../../core/lifecycle/thresholds.ts';
import type { Diagnosis } from '../../../core/model/diagnosis.ts';
import type { Report } from '../../../core/model/report.ts';
import { emptyMemory, type Memory } from '../../../core/notification/memory.ts';
import type { Message } from '../../../core/notification/message.ts';
import { defaultNoise } from '../../../core/notification/policy.ts';
import { type ReconciledState, type Rules, reconcileState } from '../../../core/notification/reconcile-state.ts';
import { account, diagnosisOf, groupArn, region, reportAt } from '../sample-report.ts';

const moment = (minute: number): string => new Date(Date.parse('2026-11-20T12:00:00Z') + minute * 60_000).toISOString();
const hour = 60;
const day = 24 * hour;
const incident = `${account}/${region}/prod/pod-crashloop`;

/** What is wrong with one Service. */
const sick = (service: string, fields: Partial<Diagnosis> = {}): Diagnosis => {
  const { cause = 'pod-crashloop', cluster = 'prod' } = fields;
  return diagnosisOf({
    service,
    fingerprint: `${account}/${region}/${cluster}/shop/${service}/${cause}`,
    targetGroupArn: groupArn(service),
    ...fields,
  });
};

interface Given {
  rules?: Partial<Rules['noise']>;
  mutes?: Rules['mutes'];
  memory?: Memory;
}

/** Runs at these minutes that found this; the account was seen once before, in good health. */
function live(runs: [minute: number, ...diagnoses: Diagnosis[]][], given: Given = {}) {
  const rules = rulesOf(given);
  let memory = given.memory ?? reconcileState(emptyMemory(), reportAt(moment(-5), []), rules).memory;
  const told = runs.map(([minute, ...diagnoses]) => {
    const after = reconcileState(memory, reportAt(moment(minute), diagnoses), rules);
    memory = after.memory;
    return messagesOf(after);
  });
  return { told, memory, all: told.flat() };
}

const rulesOf = ({ rules, mutes = [] }: Given): Rules => ({
  lifeCycle: defaultLifeCycle,
  noise: { ...defaultNoise, ...rules },
  mutes,
});

const messagesOf = ({ announcements: { board, incidents } }: ReconciledState): Message[] =>
  [board, ...incidents].flatMap((news) => news?.message ?? []);

const words = (told: Message[][]): string[] =>
  told.map((messages) => messages.map(({ transition }) => transition).join(' '));

describe('grouping', () => {
  test('one cause in many Services of a cluster is one message that names them', () => {
    const { all } = live([[0, sick('web'), sick('api'), sick('cart')]]);
    expect(all).toMatchObject([
      {
        fingerprint: incident,
        transition: 'opened',
        services: { names: ['shop/api', 'shop/cart', 'shop/web'], more: 0 },
      },
    ]);
  });

  test('the same cause in two clusters is two messages', () => {
    const { all } = live([[0, sick('web'), sick('web', { cluster: 'test' })]]);
    expect(all.map(({ fingerprint }) => fingerprint)).toEqual([incident, incident.replace('/prod/', '/test/')]);
  });

  test('a Service that joins or recovers changes the message', () => {
    const { told } = live([
      [0, sick('web')],
      [5, sick('web'), sick('api')],
      [10, sick('api')],
      [15, sick('api')],
      [20],
    ]);
    expect(words(told)).toEqual(['opened', 'changed', 'changed', '', 'resolved']);
    expect(told[2]).toMatchObject([{ recovered: ['shop/web'], services: { names: ['shop/api'] } }]);
  });

  test('everything about one opening has the same fingerprint, and every message its own key', () => {
    const { all } = live([[0, sick('web')], [5, sick('web', { severity: 'critical' })], [10], [15, sick('web')]]);
    expect(all.map(({ transition }) => transition)).toEqual(['opened', 'changed', 'resolved', 'opened']);
    expect(new Set(all.map(({ fingerprint }) => fingerprint))).toEqual(new Set([incident]));
    expect(new Set(all.map(({ key }) => key)).size).toBe(4);
    expect(all[3]?.key).toMatch(/#2#4$/);
  });
});

describe('many at once', () => {
  const causes = [
    'pod-crashloop',
    'pod-oomkilled',
    'hc-port-wrong',
    'app-error-status',
    'hc-path-wrong-status',
    'pod-pending',
  ];
  const many = causes.map((cause) => sick('web', { cause }));

  test('the first run on a sick account is one summary', () => {
    const { told } = live(
      [
        [0, ...many],
        [5, ...many],
      ],
      { memory: emptyMemory() },
    );
    expect(words(told)).toEqual(['summary', '']);
    expect(told[0]?.[0]?.summary).toMatchObject({ kind: 'first', open: 6, more: 0 });
    expect(told[0]?.[0]?.summary?.lines).toHaveLength(6);
  });

  test('a first run that finds one cause tells it whole', () => {
    expect(words(live([[0, sick('web')]], { memory: emptyMemory() }).told)).toEqual(['opened']);
  });

  test('more than five that open in one run are one summary, and each is followed from there', () => {
    const { told } = live([
      [0, ...many],
      [5, ...many.slice(1)],
    ]);
    expect(words(told)).toEqual(['summary', 'resolved']);
    expect(told[0]?.[0]?.summary).toMatchObject({ kind: 'many' });
  });

  test('five are told one by one', () => {
    expect(words(live([[0, ...many.slice(1)]]).told)).toEqual(['opened opened opened opened opened']);
  });
});

describe('inhibition', () => {
  const target = { id: 'i-0aaaaaaaaaaaaaaa1', port: 31080, state: 'unhealthy', reason: null };
  const nodeDown = sick('ingress', { cause: 'node-not-ready', targets: [target] });

  test('a node that is down keeps quiet what fails on it', () => {
    const { all } = live([[0, nodeDown, sick('web', { targets: [target] })]]);
    expect(all.map(({ diagnoses }) => diagnoses[0]?.cause)).toEqual(['node-not-ready']);
  });

  test('but not what fails elsewhere too', () => {
    const elsewhere = { ...target, id: 'i-0aaaaaaaaaaaaaaa2' };
    const { all } = live([[0, nodeDown, sick('web', { targets: [target, elsewhere] })]]);
    expect(all).toHaveLength(2);
  });

  test('what is left once the node is back is told', () => {
    const web = sick('web', { targets: [target] });
    expect(
      words(
        live([
          [0, nodeDown, web],
          [5, web],
        ]).told,
      ),
    ).toEqual(['opened', 'resolved opened']);
  });

  test('a cluster that cannot be reached opens and resolves nothing', () => {
    const { memory } = live([[0, sick('web')]]);
    const blind: Report = {
      ...reportAt(moment(5), [sick('api')]),
      coverage: {
        ...reportAt(moment(5), []).coverage,
        gaps: [
          {
            slice: 'services',
            scope: { kind: 'cluster', name: 'prod' },
            reason: 'unreachable',
            action: 'list services',
            message: 'connect timeout',
            remedy: 'open the endpoint',
          },
        ],
      },
    };
    expect(messagesOf(reconcileState(memory, blind, rulesOf({})))).toEqual([]);
  });
});

describe('patience', () => {
  test('with a hold-down what passes quickly is never told', () => {
    const rules = { holdDownMinutes: 10 };
    expect(words(live([[0, sick('web')], [5, sick('web')], [9]], { rules }).told)).toEqual(['', '', '']);
    expect(
      words(
        live(
          [
            [0, sick('web')],
            [5, sick('web')],
            [10, sick('web')],
          ],
          { rules },
        ).told,
      ),
    ).toEqual(['', '', 'opened']);
  });

  test('what stays open is told again once a day', () => {
    const runs = Array.from({ length: 49 }, (_, hours): [number, Diagnosis] => [hours * hour, sick('web')]);
    expect(live(runs).all.map(({ transition, at }) => `${transition} ${at}`)).toEqual([
      `opened ${moment(0)}`,
      `reminder ${moment(day)}`,
      `reminder ${moment(2 * day)}`,
    ]);
    expect(live(runs, { rules: { remindAfterHours: null } }).all).toHaveLength(1);
  });

  test('in quiet hours only what is critical is told, and the rest afterwards if it is still there', () => {
    const rules = { quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' } };
    const critical = sick('pay', { cause: 'pod-oomkilled', severity: 'critical' });
    const { told } = live(
      [
        [11 * hour, sick('web'), critical, sick('api', { cause: 'hc-port-wrong' })],
        [12 * hour, sick('web'), critical],
        [18 * hour, sick('web'), critical],
      ],
      { rules },
    );
    expect(words(told)).toEqual(['opened', '', 'opened']);
    expect(told.flat().map(({ diagnoses }) => diagnoses[0]?.cause)).toEqual(['pod-oomkilled', 'pod-crashloop']);
  });
});

describe('flapping', () => {
  test('an incident that comes and goes is told three times, once as flapping, and once more when it has come to rest', () => {
    const runs = Array.from({ length: 40 }, (_, index): [number, ...Diagnosis[]] =>
      index < 10 && index % 2 === 0 ? [index * 5, sick('web')] : [index * 5],
    );
    expect(live(runs).all.map(({ transition }) => transition)).toEqual([
      'opened',
      'resolved',
      'opened',
      'flapping',
      'resolved',
    ]);
  });
});

describe('mutes', () => {
  const mute = { pattern: '*/prod/shop/web/*', owner: 'team-web', reason: 'known, ticket 42', until: moment(hour) };

  test('what is muted is told when the mute ends, if it is still there', () => {
    const { told } = live(
      [
        [0, sick('web')],
        [30, sick('web')],
        [hour, sick('web')],
      ],
      { mutes: [mute] },
    );
    expect(words(told)).toEqual(['', '', 'opened']);
  });

  test('a message about others says who is muted, by whom, why and until when', () => {
    const { all } = live([[0, sick('web'), sick('api')]], { mutes: [mute] });
    expect(all).toMatchObject([{ services: { names: ['shop/api'] }, muted: [{ ...mute, service: 'shop/web' }] }]);
  });

  test('the key of an incident mutes all of it', () => {
    expect(live([[0, sick('web'), sick('api')]], { mutes: [{ ...mute, pattern: incident }] }).all).toEqual([]);
  });

  test('the end of a muted incident is silent too', () => {
    const { memory } = live([[0, sick('web')]]);
    const { told } = live([[5]], { memory, mutes: [{ ...mute, pattern: incident }] });
    expect(words(told)).toEqual(['']);
  });
});

describe('the digest', () => {
  const rules = { digest: 'daily' as const, remindAfterHours: null };

  test('tells once a day what is open, with the trend and what comes back most often', () => {
    const { told } = live(
      [
        [0, sick('web')],
        [hour, sick('web'), sick('api', { cause: 'hc-port-wrong' })],
        [2 * hour, sick('web')],
        [4 * hour, sick('web'), sick('api', { cause: 'hc-port-wrong' })],
        [day, sick('web'), sick('api', { cause: 'hc-port-wrong' })],
        [day + 5, sick('web'), sick('api', { cause: 'hc-port-wrong' })],
      ],
      { rules },
    );
    expect(words(told)).toEqual(['opened', 'opened', 'resolved', 'opened', 'summary', '']);
    expect(told[4]?.[0]?.summary).toMatchObject({
      kind: 'digest',
      open: 2,
      openBefore: 0,
      opened: 2,
      offenders: [{ key: `${account}/${region}/prod/hc-port-wrong`, episodes: 2 }],
    });
  });

  test('says so when nothing is open', () => {
    expect(live([[day]], { rules }).all).toMatchObject([
      { transition: 'summary', summary: { kind: 'digest', open: 0 } },
    ]);
  });
});

test('a quiet run owes nothing and writes nothing', () => {
  const { memory } = live([[0, sick('web')]]);
  const { changes, announcements } = reconcileState(memory, reportAt(moment(5), [sick('web')]), rulesOf({}));
  expect({ changes, announcements }).toEqual({ changes: [], announcements: { board: null, incidents: [] } });
});
