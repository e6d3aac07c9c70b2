import { readdirSync, readFileSync } from 'node:fs';
import { defaultLifeCycle } from '../../core/lifecycle/thresholds.ts';
import type { Diagnosis } from '../../core/model/diagnosis.ts';
import { emptyMemory } from '../../core/notification/memory.ts';
import type { Message } from '../../core/notification/message.ts';
import { defaultNoise } from '../../core/notification/policy.ts';
import { type Rules, reconcileState } from '../../core/notification/reconcile-state.ts';
import { reportAt } from './sample-report.ts';

const folder = new URL('../golden/', import.meta.url);
const [opened, later, nextDay] = ['2026-11-20T12:00:09Z', '2026-11-20T13:00:09Z', '2026-11-21T13:00:09Z'];
const each: Rules = { lifeCycle: defaultLifeCycle, noise: { ...defaultNoise, summaryAbove: 1000 }, mutes: [] };

/** What attackers and careless people put into names, labels and logs, in every medium's own writing, and very long. */
const attacks = [
  '<!channel>',
  '<https://attacker.example|click>',
  '[click](https://attacker.example)',
  '```\n*bold* _x_ ~y~ `z` :skull:',
  '&amp;&lt;b&gt;"\\\u0000\u202e\u2066\ud800',
  `${'orders-'.repeat(36)}x`,
  '😀'.repeat(150),
];

/** One of the messages, and the scenario that leads to it. */
export interface GoldenMessage {
  scenario: string;
  message: Message;
}

/**
 * Every message that every scenario leads to: opened, changed, flapping, reminded of and resolved, and the summaries of all of
 * them together; once as it is, and once with each name, label and log line under attack.
 */
export function goldenMessages(): GoldenMessage[] {
  const scenarios = readdirSync(folder).map((file) => ({
    scenario: file.replace('.json', ''),
    diagnoses: golden(file),
  }));
  const hostile = scenarios.map(({ scenario, diagnoses }) => ({
    scenario: `${scenario}, hostile`,
    diagnoses: diagnoses.map(struck),
  }));
  return [...scenarios, ...hostile]
    .flatMap(({ scenario, diagnoses }) => story(diagnoses, each).map((message) => ({ scenario, message })))
    .concat(
      [scenarios, hostile].flatMap((all) =>
        summaries(all.map(inOwnCluster)).map((message) => ({ scenario: `all: ${message.summary?.kind}`, message })),
      ),
    );
}

const golden = (file: string): Diagnosis[] =>
  (JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Diagnosis, 'ruledOut'>[]).map((diagnosis) => ({
    ...diagnosis,
    ruledOut: [],
  }));

/** What is said of these diagnoses from the first run to the last. */
function story(diagnoses: Diagnosis[], rules: Rules): Message[] {
  const first = reconcileState(emptyMemory(), reportAt(opened, diagnoses), rules);
  const groups = diagnoses.map(({ targetGroupArn }) => targetGroupArn);
  const last = reconcileState(first.memory, reportAt(later, [], groups), rules);
  const of = ({ announcements }: typeof first): Message[] =>
    announcements.incidents.flatMap(({ message }) => message ?? []);
  const news = of(first).flatMap((message) =>
    (['opened', 'changed', 'flapping', 'reminder'] as const).map((transition) => ({
      ...message,
      ...around(message),
      transition,
    })),
  );
  return [...news, ...of(last)];
}

/** What only a past, people and a deployment add. */
const around = ({ diagnoses: [first] }: Message): Partial<Message> => ({
  accountName: 'shop production',
  recovered: [`${first?.namespace}/${first?.service}-canary`],
  muted: [
    {
      pattern: '*/canary',
      service: `${first?.namespace}/${first?.service}`,
      owner: 'ana',
      reason: 'migration',
      until: nextDay,
    },
  ],
  past: [{ openedAt: opened, resolvedAt: later }],
  firstEvidence: (first?.evidence ?? []).map((each) => ({ ...each, saw: `${each.saw}, with one pod` })),
});

/** The first run, many at once, and the digest of a day. */
function summaries(diagnoses: Diagnosis[][]): Message[] {
  const all = diagnoses.flat();
  const rules = (summaryAbove: number): Rules => ({ ...each, noise: { ...each.noise, summaryAbove, digest: 'daily' } });
  const board = ({ announcements }: ReturnType<typeof reconcileState>): Message[] =>
    announcements.board?.message == null ? [] : [announcements.board.message];
  const quiet = reconcileState(emptyMemory(), reportAt(opened, []), rules(5));
  const many = reconcileState(quiet.memory, reportAt(later, all), rules(5));
  return [
    ...board(reconcileState(emptyMemory(), reportAt(opened, all), rules(5))),
    ...board(many),
    ...board(reconcileState(many.memory, reportAt(nextDay, all), rules(5))),
  ];
}

const inOwnCluster = ({ scenario, diagnoses }: { scenario: string; diagnoses: Diagnosis[] }): Diagnosis[] =>
  JSON.parse(
    JSON.stringify(diagnoses)
      .replaceAll('/shop/', `/${scenario.replace(/\W+/g, '-')}/`)
      .replaceAll('"shop"', `"${scenario}"`),
  );

/** Not chosen by people. */
const ours = new Set([
  'fingerprint',
  'verdict',
  'severity',
  'confidence',
  'cause',
  'check',
  'loadBalancerArn',
  'targetGroupArn',
]);

/** The same diagnosis where each word that people may have chosen ends in an attack. */
function struck(diagnosis: Diagnosis): Diagnosis {
  const words = ['checkout', 'orders', 'container', 'port', 'refused', 'shop', 'node'];
  const strike = (text: string): string =>
    words.reduce((struckText, word, index) => struckText.replaceAll(word, `${word}${attacks[index]}`), text);
  return JSON.parse(JSON.stringify(diagnosis), (key, value) =>
    typeof value === 'string' && !ours.has(key) ? strike(value) : value,
  );
}
